# The sample city: what make needs to know about this site.
# The order of the areas is that of refs/areas.tsv.

SITE_NAME_ZH = 示例市地方金融监督管理局 (样例)
SITE_NAME_EN = Sample City Local Financial Supervision Bureau (sample)

# Stands on every page of the bulletin.
SITE_NOTE_ZH = 本通报为样例：除 published-map.tsv 所列公开数据外，其余数据均为合成；机构以类别名称代称，不指任何真实机构。
SITE_NOTE_EN = This bulletin is a sample: figures that published-map.tsv does not list are synthetic, and institutions carry class names that stand for no real institution.
