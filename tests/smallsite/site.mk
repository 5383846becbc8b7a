# A small bureau for the tests: two areas, three banks and a micro-credit company, two products, one month of returns, two ledgers. Areas, banks,
# rules of rewards and the lending fields are other ones than those of samples/.

SITE_NAME_ZH = 海岛市金融办 (测试)
SITE_NAME_EN = Island City Financial Office (test)
