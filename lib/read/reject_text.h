/* SPDX-License-Identifier: MIT
 * reject_text: why a file cannot be used, in Chinese, for whoever sent it. */
#ifndef LIB_REJECT_TEXT_H
#define LIB_REJECT_TEXT_H

/* rule: the one broken, such as structure.csv; reason: that of the diag, in English. Never NULL. */
const char *reject_text(const char *rule, const char *reason);

#endif
