/* SPDX-License-Identifier: MIT
 * reject_text: see reject_text.h. A catalogue: the first line whose words stand in the reason, else that of
 * the rule. */
#include "lib/read/reject_text.h"

#include <stddef.h>
#include <string.h>

static const char *const reasons[][2] = {
    {"no data", "文件中没有数据"},
    {"continues the header", "表头有几行，合起来有的栏目认不出或有歧义"},
    {"header: it may end here", "看不出表头有几行：下一行像表头，也像没有名称的数据行"},
    {"header: two columns for", "表头中有两栏是同一项目"},
    {"states a unit that is not in the list", "表头中有的单位认不出；请用元、万元、亿元等"},
    {"a column of units", "表中有计量单位一栏，还不能按它读入"},
    {"a unit below the header", "单位在表头以下另占一行或一栏，还不能按它读入"},
    {"header: ", "表头有误，有的栏目认不出或有歧义"},
    {"another delimiter", "找不到完整的表头：字段之间用的是别的分隔符"},
    {"state different units", "有两处注明单位，且不相同"},
    {"unknown unit", "所注单位认不出；请用元、万元、亿元等"},
    {"may be that of some columns only",
     "单位注在部分栏目之上，不能断定是否适用于全部金额；请在表上方注明“单位：”"},
    {"no column of the mapping is of that dimension", "所注单位不是本表金额的单位"},
    {"states another unit than", "表头以下注明的单位与表中金额所用的不一致"},
    {"the unit beside", "项目旁的计量单位缺失、认不出或与项目不符"},
    {"no value for", "文件中找不到应有的报告期、机构等说明"},
    {"more than one sheet has the header", "有多张工作表有所需的表头，不知应读哪一张"},
    {"more than one sheet has", "有多张工作表有数据，不知应读哪一张"},
    {"no sheet has the header", "没有一张工作表有所需的表头"},
    {"a web page or XML", "这是网页或 XML，不是工作簿；请打开后另存为 .xlsx 或 CSV 再报"},
    {"encrypted with a password", "工作簿有密码；请去掉密码，另存后再报"},
    {"Excel 5.0 or 95", "是 Excel 95 及更早的格式；请另存为 .xlsx 再报"},
    {"save it as .xlsx", "不是 .xlsx、.xls 或 CSV；请另存为 .xlsx 再报"},
    {"send the workbook or CSV", "不是工作簿，也不是 CSV；请报制作它所用的工作簿或 CSV"},
    {"not a workbook", "不是工作簿，也不是 CSV"},
    {"unpack it first", "是压缩包；请解压后再报"},
    {"the encoding cannot be told", "无法判断文件的编码；请另存为 .xlsx 或 UTF-8 的 CSV 再报"},
    {"in the middle of a character", "文件在一个字符中间中断，可能不完整"},
    {"U+FFFD", "文件中有的文字在保存前已丢失（显示为乱码）"},
    {"锟斤拷", "文件中有的文字在保存前已丢失（显示为乱码）"},
    {"an illegal", "文件中有非法字符"},
    {"a NUL byte", "文件中有非法字符"},
    {"ends inside quotes", "有引号没有闭合，文件可能不完整"},
    {"malformed CSV: a quote", "引号的位置不对：字段中间有引号，或引号之后还有文字"},
    {"is a quote left open", "有引号没有闭合，或字段过长"},
    {"zip bomb", "工作簿展开后过大"},
    {"expands beyond", "工作簿展开后过大"},
    {"larger than", "文件过大"},
    {"truncated", "文件不完整"},
    {"damaged", "文件已损坏"},
};

static const char *const rules[][2] = {
    {"structure.file", "文件无法读取"},
    {"structure.gzip", "压缩文件损坏或不完整"},
    {"structure.encoding", "文件编码无法识别或含有非法字符"},
    {"structure.header", "找不到完整的表头"},
    {"structure.csv", "文件格式错误"},
    {"structure.workbook", "工作簿无法读取"},
    {"structure.sheet", "找不到应读的工作表"},
};

const char *reject_text(const char *rule, const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strstr(reason, reasons[i][0]))
            return reasons[i][1];
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rule, rules[i][0]) == 0)
            return rules[i][1];
    return "";
}
