# B08d 联合授信情况表 (L16, L2): each firm once, whatever lead and members state of it (D18, D39); B08e its firms with credit

$(call made,L2 L16 companies roles,B08d B08e)

JOINT_BANKS = $(TB)aggregate -w "scheme == 'joint'" -g $(1) -a 'banks=count_distinct(bank)' $(2) $(W)/clean/L2.tsv | $(call if_read,L2,-)
$(W)/exact/B08d.tsv: $(W)/clean/L16.tsv $(W)/clean/L2.tsv $(W)/check/ledgers.tsv
	@$(TB)aggregate -g agreement,chain,lead,signed_date --rollup -a 'firms=count_distinct(company)' -a 'contacted=count_distinct(company, when=num(contacted) == 1)' \
		-a 'clients=count_distinct(company, when=num(credit) > 0)' $(call sums,credit used) $< | $(call if_read,L16,-) \
	| $(TB)derive -w "agreement == '合计' or not is_na(signed_date)" -a "agreement=if(is_na(agreement), '合计', text(agreement))" \
	| $(TB)lookup -k agreement=team -c banks <($(call JOINT_BANKS,team,--rollup --total team=合计)) - $(into)
$(W)/tables/B08d.tsv: $(W)/exact/B08d.tsv $(call reference,codes)
	@$(call print,contact_rate conversion utilisation credit used) $< | $(TB)lookup -k lead=bank -c name_zh=lead_name $(REFS)/institutions.tsv \
	| $(call coded,agreement) | $(call coded,chain) \
	| $(TB)derive -a "total=num(agreement == '合计')" | $(TB)rank --sort -k total:asc,agreement:text \
	| $(TB)derive -a 'agreement=coalesce(agreement_name, agreement)' -a 'chain=if(is_na(chain), na, coalesce(chain_name, chain))' -a 'lead=if(is_na(lead), na, coalesce(lead_name, lead))' \
		-c agreement,chain,lead,banks,signed_date,firms,contacted,contact_rate,clients,conversion,credit,used,utilisation $(into)

$(W)/exact/B08e.tsv: $(W)/clean/L16.tsv $(W)/clean/L2.tsv $(W)/check/ledgers.tsv
	@$(TB)derive -w 'num(credit) > 0' -c agreement,company,area,limit,credit,used $< \
	| $(TB)lookup -k agreement=team,company -c banks <($(call JOINT_BANKS,team$(comma)company)) - $(into)
$(W)/tables/B08e.tsv: $(W)/exact/B08e.tsv $(call reference,companies) $(call reference,codes)
	@$(call print,utilisation joint_limit joint_credit joint_used) $< | $(call named,company) | $(call coded,agreement) | $(call area_names,) \
	| $(TB)derive -a 'key=text(agreement)' -a 'agreement=coalesce(agreement_name, agreement)' -a 'area=coalesce(area_name, area)' -a 'company=coalesce(company_name, company)' \
	| $(TB)rank --sort -k key:text,joint_credit:desc,company:text -g key \
	| $(TB)derive -c agreement,company,area,banks,joint_limit=limit,joint_credit=credit,joint_used=used,utilisation $(into)
