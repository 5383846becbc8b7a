# B19 to B19c 宣传培训对接活动: publicity and training by topic and by form, and what brings banks, firms and talents together; all
# of the year to date. Teams and their members are a register: counted once however often they went out, as it stands now.

$(call made,L10,B19 B19b B19c)

PUBLICITY = type in ('publicity', 'training')
ACTIVITY_SUMS = $(call sums,sessions people made items broadcasts media) -a "training=sum(sessions, when=type == 'training')"
of_the_year = $(call if_read,L10,$(1)) | $(TB)derive -w "year(date) == $(YEAR)"

# The teams of a topic are those on its register and those that held an activity of it; one team of two topics is one team.
$(W)/base/teams.tsv: $(W)/clean/L10.tsv | $(W)/base
	@$(TB)derive -w "not is_missing(team) and (type == 'team' or $(PUBLICITY))" -c area,topic,team $< \
	| $(TB)lookup -k team -c members <($(TB)aggregate -w "type == 'team'" -g team -a 'members=max(members)' $<) \
	| $(TB)aggregate -g area,topic,team --cube --total area=全市 --total topic=合计 -a 'members=max(members)' \
	| $(TB)derive -w 'not is_na(team) and (is_missing(members) or members > 0)' \
	| $(TB)aggregate -g area,topic -a 'teams=count()' -a 'members=sum(members)' $(into)

$(W)/exact/B19.tsv: $(W)/clean/L10.tsv $(W)/base/teams.tsv $(W)/check/ledgers.tsv
	@$(call of_the_year,$<) | $(TB)aggregate -w "$(PUBLICITY)" -g area,topic --cube --total area=全市 --total topic=合计 $(ACTIVITY_SUMS) \
	| $(TB)lookup -k area,topic --outer $(W)/base/teams.tsv | $(call if_read,L10,-) \
	| $(TB)derive $(foreach c,sessions training people made items broadcasts media,-a '$(c)=coalesce(num($(c)), 0)') \
		-a "members=if(is_missing(teams), 0, num(members))" -a "teams=coalesce(num(teams), 0)" $(into)
$(W)/tables/B19.tsv: $(W)/exact/B19.tsv $(call reference,codes)
	@$(call area_names,) < $< | $(call coded,topic) | $(TB)derive -a "last=if(topic == '合计', 1, 0)" \
	| $(TB)rank --sort -k area_order:asc,last:asc,topic:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'topic=coalesce(topic_name, topic)' \
		-c area,topic,sessions,training,people,made,items,broadcasts,media,teams,members $(into)

$(W)/exact/B19b.tsv: $(W)/clean/L10.tsv $(W)/check/ledgers.tsv
	@$(call of_the_year,$<) | $(TB)aggregate -w "$(PUBLICITY)" -w 'not is_missing(form)' -g area,form --cube --total area=全市 --total form=合计 \
		$(ACTIVITY_SUMS) | $(TB)derive -w "form != '合计'" $(into)
$(W)/tables/B19b.tsv: $(W)/exact/B19b.tsv $(call reference,codes)
	@$(call area_names,) < $< | $(call coded,form) | $(TB)rank --sort -k area_order:asc,form:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'form=coalesce(form_name, form)' -c area,form,sessions,people,made,items,broadcasts,media $(into)

# What brings banks, firms and talents together: by topic, each of one type.
$(W)/exact/B19c.tsv: $(W)/clean/L10.tsv $(W)/check/ledgers.tsv
	@$(call of_the_year,$<) | $(TB)aggregate -w "not ($(PUBLICITY)) and type != 'team'" -g type,topic,area --rollup --total area=全市 \
		$(call sums,sessions firms people) | $(TB)derive -w 'not is_na(topic)' -c area,type,topic,sessions,firms,people $(into)
$(W)/tables/B19c.tsv: $(W)/exact/B19c.tsv $(call reference,codes)
	@$(call area_names,) < $< | $(call coded,topic) | $(TB)rank --sort -k area_order:asc,topic:text,type:text \
	| $(TB)derive -a 'area=coalesce(area_name, area)' -a 'topic=coalesce(topic_name, topic)' -c area,type,topic,sessions,firms,people $(into)
