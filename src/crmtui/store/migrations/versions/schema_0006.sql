CREATE TABLE actor (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	title TEXT NOT NULL, 
	region TEXT NOT NULL, 
	rank TEXT, 
	manager_id INTEGER, 
	is_me INTEGER NOT NULL, 
	is_active INTEGER NOT NULL, 
	CONSTRAINT ck_actor_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_actor_email CHECK (email = '' OR length(email) <= 500), 
	CONSTRAINT ck_actor_title CHECK (title = '' OR length(title) <= 500), 
	CONSTRAINT ck_actor_region CHECK (region = '' OR length(region) <= 500), 
	CONSTRAINT ck_actor_rank CHECK (rank = 'assistant' OR rank = 'head' OR rank = 'director' OR rank = 'general'), 
	CONSTRAINT ck_actor_is_me CHECK (is_me IN (0, 1)), 
	CONSTRAINT ck_actor_is_active CHECK (is_active IN (0, 1)), 
	CONSTRAINT uq_actor_uid UNIQUE (uid), 
	CONSTRAINT fk_actor_manager_id FOREIGN KEY(manager_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_actor_manager_id ON actor (manager_id) WHERE manager_id IS NOT NULL;

CREATE INDEX ix_actor_name_key ON actor (name_key);

CREATE TABLE area (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	trip_hours REAL, 
	CONSTRAINT ck_area_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_area_trip_hours CHECK (trip_hours >= 0 AND trip_hours <= 10000), 
	CONSTRAINT uq_area_name UNIQUE (name), 
	CONSTRAINT uq_area_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_area_name_key ON area (name_key);

CREATE TABLE channel (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	cost INTEGER, 
	currency TEXT NOT NULL, 
	hours REAL NOT NULL, 
	quality REAL NOT NULL, 
	is_active INTEGER NOT NULL, 
	CONSTRAINT ck_channel_code CHECK (code <> '' AND length(code) <= 40), 
	CONSTRAINT ck_channel_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_channel_cost CHECK (cost >= 0), 
	CONSTRAINT ck_channel_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_channel_hours CHECK (hours >= 0 AND hours <= 1000), 
	CONSTRAINT ck_channel_quality CHECK (quality >= 0 AND quality <= 1), 
	CONSTRAINT ck_channel_is_active CHECK (is_active IN (0, 1)), 
	CONSTRAINT uq_channel_code UNIQUE (code), 
	CONSTRAINT uq_channel_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_channel_name_key ON channel (name_key);

CREATE TABLE competitor (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	website TEXT NOT NULL, 
	strengths TEXT NOT NULL, 
	weaknesses TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_competitor_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_competitor_website CHECK (website = '' OR length(website) <= 500), 
	CONSTRAINT ck_competitor_strengths CHECK (strengths = '' OR length(strengths) <= 200000), 
	CONSTRAINT ck_competitor_weaknesses CHECK (weaknesses = '' OR length(weaknesses) <= 200000), 
	CONSTRAINT ck_competitor_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_competitor_name UNIQUE (name), 
	CONSTRAINT uq_competitor_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_competitor_name_key ON competitor (name_key);

CREATE TABLE external_identity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	record_id INTEGER NOT NULL, 
	number INTEGER, 
	changed_at TEXT, 
	CONSTRAINT ck_external_identity_source CHECK (source <> '' AND length(source) <= 500), 
	CONSTRAINT ck_external_identity_kind CHECK (kind <> '' AND length(kind) <= 500), 
	CONSTRAINT ck_external_identity_external_id CHECK (external_id <> '' AND length(external_id) <= 500), 
	CONSTRAINT ck_external_identity_number CHECK (number >= 0 AND number <= 1e+15), 
	CONSTRAINT ck_external_identity_changed_at CHECK (changed_at GLOB '????-??-??T??:??:*Z'), 
	CONSTRAINT uq_external_identity_source_kind_external_id UNIQUE (source, kind, external_id), 
	CONSTRAINT uq_external_identity_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE import_mapping (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	shape TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	columns TEXT NOT NULL, 
	used_on TEXT, 
	CONSTRAINT ck_import_mapping_shape CHECK (shape <> '' AND length(shape) <= 500), 
	CONSTRAINT ck_import_mapping_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_import_mapping_kind CHECK (kind <> '' AND length(kind) <= 500), 
	CONSTRAINT ck_import_mapping_columns CHECK (columns = '' OR length(columns) <= 200000), 
	CONSTRAINT ck_import_mapping_used_on CHECK (used_on IS date(used_on, '+0 days')), 
	CONSTRAINT uq_import_mapping_shape UNIQUE (shape), 
	CONSTRAINT uq_import_mapping_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_import_mapping_name_key ON import_mapping (name_key);

CREATE TABLE offering (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	code TEXT NOT NULL, 
	family TEXT NOT NULL, 
	price INTEGER, 
	currency TEXT NOT NULL, 
	description TEXT NOT NULL, 
	is_active INTEGER NOT NULL, 
	CONSTRAINT ck_offering_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_offering_code CHECK (code = '' OR length(code) <= 500), 
	CONSTRAINT ck_offering_family CHECK (family = '' OR length(family) <= 500), 
	CONSTRAINT ck_offering_price CHECK (price >= 0), 
	CONSTRAINT ck_offering_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_offering_description CHECK (description = '' OR length(description) <= 200000), 
	CONSTRAINT ck_offering_is_active CHECK (is_active IN (0, 1)), 
	CONSTRAINT uq_offering_name UNIQUE (name), 
	CONSTRAINT uq_offering_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_offering_name_key ON offering (name_key);

CREATE TABLE portfolio_criterion (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	axis TEXT NOT NULL, 
	name TEXT NOT NULL, 
	weight REAL NOT NULL, 
	computed TEXT, 
	"full" REAL, 
	position INTEGER NOT NULL, 
	CONSTRAINT ck_portfolio_criterion_axis CHECK (axis = 'attractiveness' OR axis = 'strength'), 
	CONSTRAINT ck_portfolio_criterion_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_portfolio_criterion_weight CHECK (weight >= 0 AND weight <= 100), 
	CONSTRAINT ck_portfolio_criterion_computed CHECK (computed = 'potential' OR computed = 'sales' OR computed = 'margin' OR computed = 'growth' OR computed = 'pipeline' OR computed = 'revenue' OR computed = 'employees' OR computed = 'willingness' OR computed = 'strength' OR computed = 'level' OR computed = 'bonds' OR computed = 'favour' OR computed = 'coverage'), 
	CONSTRAINT ck_portfolio_criterion_full CHECK (full >= 0), 
	CONSTRAINT ck_portfolio_criterion_position CHECK (position >= 1), 
	CONSTRAINT uq_portfolio_criterion_axis_name UNIQUE (axis, name), 
	CONSTRAINT uq_portfolio_criterion_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_portfolio_criterion_name_key ON portfolio_criterion (name_key);

CREATE TABLE programme (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	starts_on TEXT, 
	ends_on TEXT, 
	benefits TEXT NOT NULL, 
	yearly_cost INTEGER, 
	currency TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_programme_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_programme_starts_on CHECK (starts_on IS date(starts_on, '+0 days')), 
	CONSTRAINT ck_programme_ends_on CHECK (ends_on IS date(ends_on, '+0 days')), 
	CONSTRAINT ck_programme_benefits CHECK (benefits = '' OR length(benefits) <= 200000), 
	CONSTRAINT ck_programme_yearly_cost CHECK (yearly_cost >= 0), 
	CONSTRAINT ck_programme_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_programme_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_programme_name UNIQUE (name), 
	CONSTRAINT uq_programme_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_programme_name_key ON programme (name_key);

CREATE TABLE scorecard_template (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	description TEXT NOT NULL, 
	is_current INTEGER NOT NULL, 
	CONSTRAINT ck_scorecard_template_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_scorecard_template_version CHECK (version >= 1), 
	CONSTRAINT ck_scorecard_template_description CHECK (description = '' OR length(description) <= 200000), 
	CONSTRAINT ck_scorecard_template_is_current CHECK (is_current IN (0, 1)), 
	CONSTRAINT uq_scorecard_template_name_version UNIQUE (name, version), 
	CONSTRAINT uq_scorecard_template_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_scorecard_template_name_key ON scorecard_template (name_key);

CREATE TABLE territory_scenario (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	starts_on TEXT NOT NULL, 
	ends_on TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	capacity REAL NOT NULL, 
	hour_cost REAL NOT NULL, 
	step REAL NOT NULL, 
	with_travel INTEGER NOT NULL, 
	is_accepted INTEGER NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_territory_scenario_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_territory_scenario_starts_on CHECK (starts_on IS date(starts_on, '+0 days')), 
	CONSTRAINT ck_territory_scenario_ends_on CHECK (ends_on IS date(ends_on, '+0 days')), 
	CONSTRAINT ck_territory_scenario_unit CHECK (unit = 'hours' OR unit = 'contacts'), 
	CONSTRAINT ck_territory_scenario_capacity CHECK (capacity >= 0 AND capacity <= 1000000), 
	CONSTRAINT ck_territory_scenario_hour_cost CHECK (hour_cost >= 0 AND hour_cost <= 100000), 
	CONSTRAINT ck_territory_scenario_step CHECK (step >= 0.25 AND step <= 100), 
	CONSTRAINT ck_territory_scenario_with_travel CHECK (with_travel IN (0, 1)), 
	CONSTRAINT ck_territory_scenario_is_accepted CHECK (is_accepted IN (0, 1)), 
	CONSTRAINT ck_territory_scenario_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_territory_scenario_rule_1 CHECK (ends_on >= starts_on), 
	CONSTRAINT uq_territory_scenario_name UNIQUE (name), 
	CONSTRAINT uq_territory_scenario_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_territory_scenario_ends_on ON territory_scenario (ends_on);

CREATE INDEX ix_territory_scenario_name_key ON territory_scenario (name_key);

CREATE INDEX ix_territory_scenario_starts_on ON territory_scenario (starts_on);

CREATE TABLE workspace (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	base_currency TEXT NOT NULL, 
	half_life_days INTEGER NOT NULL, 
	hours_per_week REAL NOT NULL, 
	hour_cost REAL NOT NULL, 
	working_days TEXT NOT NULL, 
	cadence_days INTEGER NOT NULL, 
	base_rate REAL NOT NULL, 
	informal_share REAL NOT NULL, 
	weight_decider REAL NOT NULL, 
	weight_buyer REAL NOT NULL, 
	weight_influencer REAL NOT NULL, 
	weight_gatekeeper REAL NOT NULL, 
	weight_user REAL NOT NULL, 
	weight_initiator REAL NOT NULL, 
	weight_coach REAL NOT NULL, 
	gate_buyer_orders INTEGER NOT NULL, 
	gate_buyer_cover REAL NOT NULL, 
	gate_account_recognition REAL NOT NULL, 
	gate_account_cover REAL NOT NULL, 
	gate_account_bonds REAL NOT NULL, 
	gate_partner_recognition REAL NOT NULL, 
	gate_partner_cover REAL NOT NULL, 
	gate_partner_bonds REAL NOT NULL, 
	move_hours_win REAL NOT NULL, 
	move_hours_raise REAL NOT NULL, 
	move_hours_ask REAL NOT NULL, 
	move_hours_score REAL NOT NULL, 
	move_hours_map REAL NOT NULL, 
	move_hours_gate REAL NOT NULL, 
	weight_recognition REAL NOT NULL, 
	weight_bonds REAL NOT NULL, 
	weight_coverage REAL NOT NULL, 
	segment_sales REAL, 
	segment_potential REAL, 
	discount_rate REAL NOT NULL, 
	is_sample INTEGER NOT NULL, 
	CONSTRAINT ck_workspace_name CHECK (name = '' OR length(name) <= 500), 
	CONSTRAINT ck_workspace_base_currency CHECK (base_currency = '' OR base_currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_workspace_half_life_days CHECK (half_life_days >= 1 AND half_life_days <= 3650), 
	CONSTRAINT ck_workspace_hours_per_week CHECK (hours_per_week >= 0 AND hours_per_week <= 168), 
	CONSTRAINT ck_workspace_hour_cost CHECK (hour_cost >= 0 AND hour_cost <= 100000), 
	CONSTRAINT ck_workspace_working_days CHECK (working_days NOT GLOB '*[^a-z,]*'), 
	CONSTRAINT ck_workspace_cadence_days CHECK (cadence_days >= 0 AND cadence_days <= 365), 
	CONSTRAINT ck_workspace_base_rate CHECK (base_rate >= 0.01 AND base_rate <= 0.99), 
	CONSTRAINT ck_workspace_informal_share CHECK (informal_share >= 0 AND informal_share <= 1), 
	CONSTRAINT ck_workspace_weight_decider CHECK (weight_decider >= 0 AND weight_decider <= 100), 
	CONSTRAINT ck_workspace_weight_buyer CHECK (weight_buyer >= 0 AND weight_buyer <= 100), 
	CONSTRAINT ck_workspace_weight_influencer CHECK (weight_influencer >= 0 AND weight_influencer <= 100), 
	CONSTRAINT ck_workspace_weight_gatekeeper CHECK (weight_gatekeeper >= 0 AND weight_gatekeeper <= 100), 
	CONSTRAINT ck_workspace_weight_user CHECK (weight_user >= 0 AND weight_user <= 100), 
	CONSTRAINT ck_workspace_weight_initiator CHECK (weight_initiator >= 0 AND weight_initiator <= 100), 
	CONSTRAINT ck_workspace_weight_coach CHECK (weight_coach >= 0 AND weight_coach <= 100), 
	CONSTRAINT ck_workspace_gate_buyer_orders CHECK (gate_buyer_orders >= 0 AND gate_buyer_orders <= 1000), 
	CONSTRAINT ck_workspace_gate_buyer_cover CHECK (gate_buyer_cover >= 0 AND gate_buyer_cover <= 4), 
	CONSTRAINT ck_workspace_gate_account_recognition CHECK (gate_account_recognition >= 0 AND gate_account_recognition <= 4), 
	CONSTRAINT ck_workspace_gate_account_cover CHECK (gate_account_cover >= 0 AND gate_account_cover <= 4), 
	CONSTRAINT ck_workspace_gate_account_bonds CHECK (gate_account_bonds >= 0 AND gate_account_bonds <= 4), 
	CONSTRAINT ck_workspace_gate_partner_recognition CHECK (gate_partner_recognition >= 0 AND gate_partner_recognition <= 4), 
	CONSTRAINT ck_workspace_gate_partner_cover CHECK (gate_partner_cover >= 0 AND gate_partner_cover <= 4), 
	CONSTRAINT ck_workspace_gate_partner_bonds CHECK (gate_partner_bonds >= 0 AND gate_partner_bonds <= 4), 
	CONSTRAINT ck_workspace_move_hours_win CHECK (move_hours_win >= 0.1 AND move_hours_win <= 1000), 
	CONSTRAINT ck_workspace_move_hours_raise CHECK (move_hours_raise >= 0.1 AND move_hours_raise <= 1000), 
	CONSTRAINT ck_workspace_move_hours_ask CHECK (move_hours_ask >= 0.1 AND move_hours_ask <= 1000), 
	CONSTRAINT ck_workspace_move_hours_score CHECK (move_hours_score >= 0.1 AND move_hours_score <= 1000), 
	CONSTRAINT ck_workspace_move_hours_map CHECK (move_hours_map >= 0.1 AND move_hours_map <= 1000), 
	CONSTRAINT ck_workspace_move_hours_gate CHECK (move_hours_gate >= 0.1 AND move_hours_gate <= 1000), 
	CONSTRAINT ck_workspace_weight_recognition CHECK (weight_recognition >= 0 AND weight_recognition <= 100), 
	CONSTRAINT ck_workspace_weight_bonds CHECK (weight_bonds >= 0 AND weight_bonds <= 100), 
	CONSTRAINT ck_workspace_weight_coverage CHECK (weight_coverage >= 0 AND weight_coverage <= 100), 
	CONSTRAINT ck_workspace_segment_sales CHECK (segment_sales >= 0), 
	CONSTRAINT ck_workspace_segment_potential CHECK (segment_potential >= 0), 
	CONSTRAINT ck_workspace_discount_rate CHECK (discount_rate >= 0 AND discount_rate <= 1), 
	CONSTRAINT ck_workspace_is_sample CHECK (is_sample IN (0, 1)), 
	CONSTRAINT ck_workspace_rule_1 CHECK (id = 1), 
	CONSTRAINT uq_workspace_uid UNIQUE (uid)
)
 STRICT;

CREATE INDEX ix_workspace_name_key ON workspace (name_key);

CREATE TABLE account (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	parent_id INTEGER, 
	owner_id INTEGER, 
	industry TEXT NOT NULL, 
	segment TEXT, 
	status TEXT NOT NULL, 
	posture TEXT, 
	posture_reason TEXT NOT NULL, 
	level TEXT NOT NULL, 
	level_basis TEXT NOT NULL, 
	level_on TEXT, 
	level_source TEXT NOT NULL, 
	target_level TEXT, 
	target_on TEXT, 
	employees INTEGER, 
	revenue INTEGER, 
	currency TEXT NOT NULL, 
	potential INTEGER, 
	potential_basis TEXT NOT NULL, 
	potential_on TEXT, 
	potential_source TEXT NOT NULL, 
	lost_on TEXT, 
	area_id INTEGER, 
	founded INTEGER, 
	website TEXT NOT NULL, 
	email TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	street TEXT NOT NULL, 
	postcode TEXT NOT NULL, 
	city TEXT NOT NULL, 
	region TEXT NOT NULL, 
	country TEXT NOT NULL, 
	value_chain TEXT NOT NULL, 
	operating_habits TEXT NOT NULL, 
	organisational_habits TEXT NOT NULL, 
	strategic_values TEXT NOT NULL, 
	needs TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_account_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_account_industry CHECK (industry = '' OR length(industry) <= 500), 
	CONSTRAINT ck_account_segment CHECK (segment = 'a' OR segment = 'b' OR segment = 'c' OR segment = 'd'), 
	CONSTRAINT ck_account_status CHECK (status = 'active' OR status = 'dormant' OR status = 'closed'), 
	CONSTRAINT ck_account_posture CHECK (posture = 'acquire' OR posture = 'enrich' OR posture = 'keep' OR posture = 'serve' OR posture = 'leave'), 
	CONSTRAINT ck_account_posture_reason CHECK (posture_reason = '' OR length(posture_reason) <= 500), 
	CONSTRAINT ck_account_level CHECK (level = 'prospect' OR level = 'buyer' OR level = 'account' OR level = 'partner'), 
	CONSTRAINT ck_account_level_basis CHECK (level_basis = 'assumed' OR level_basis = 'confirmed'), 
	CONSTRAINT ck_account_level_on CHECK (level_on IS date(level_on, '+0 days')), 
	CONSTRAINT ck_account_level_source CHECK (level_source = '' OR length(level_source) <= 500), 
	CONSTRAINT ck_account_target_level CHECK (target_level = 'prospect' OR target_level = 'buyer' OR target_level = 'account' OR target_level = 'partner'), 
	CONSTRAINT ck_account_target_on CHECK (target_on IS date(target_on, '+0 days')), 
	CONSTRAINT ck_account_employees CHECK (employees >= 0), 
	CONSTRAINT ck_account_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_account_potential CHECK (potential >= 0), 
	CONSTRAINT ck_account_potential_basis CHECK (potential_basis = 'assumed' OR potential_basis = 'confirmed'), 
	CONSTRAINT ck_account_potential_on CHECK (potential_on IS date(potential_on, '+0 days')), 
	CONSTRAINT ck_account_potential_source CHECK (potential_source = '' OR length(potential_source) <= 500), 
	CONSTRAINT ck_account_lost_on CHECK (lost_on IS date(lost_on, '+0 days')), 
	CONSTRAINT ck_account_founded CHECK (founded >= 1 AND founded <= 2200), 
	CONSTRAINT ck_account_website CHECK (website = '' OR length(website) <= 500), 
	CONSTRAINT ck_account_email CHECK (email = '' OR length(email) <= 500), 
	CONSTRAINT ck_account_phone CHECK (phone = '' OR length(phone) <= 500), 
	CONSTRAINT ck_account_street CHECK (street = '' OR length(street) <= 500), 
	CONSTRAINT ck_account_postcode CHECK (postcode = '' OR length(postcode) <= 500), 
	CONSTRAINT ck_account_city CHECK (city = '' OR length(city) <= 500), 
	CONSTRAINT ck_account_region CHECK (region = '' OR length(region) <= 500), 
	CONSTRAINT ck_account_country CHECK (country = '' OR length(country) <= 500), 
	CONSTRAINT ck_account_value_chain CHECK (value_chain = '' OR length(value_chain) <= 200000), 
	CONSTRAINT ck_account_operating_habits CHECK (operating_habits = '' OR length(operating_habits) <= 200000), 
	CONSTRAINT ck_account_organisational_habits CHECK (organisational_habits = '' OR length(organisational_habits) <= 200000), 
	CONSTRAINT ck_account_strategic_values CHECK (strategic_values = '' OR length(strategic_values) <= 200000), 
	CONSTRAINT ck_account_needs CHECK (needs = '' OR length(needs) <= 200000), 
	CONSTRAINT ck_account_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_account_rule_1 CHECK (parent_id <> id), 
	CONSTRAINT uq_account_uid UNIQUE (uid), 
	CONSTRAINT fk_account_parent_id FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE SET NULL, 
	CONSTRAINT fk_account_owner_id FOREIGN KEY(owner_id) REFERENCES actor (id) ON DELETE SET NULL, 
	CONSTRAINT fk_account_area_id FOREIGN KEY(area_id) REFERENCES area (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_account_area_id ON account (area_id) WHERE area_id IS NOT NULL;

CREATE INDEX ix_account_name_key ON account (name_key);

CREATE INDEX ix_account_owner_id ON account (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX ix_account_parent_id ON account (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE criterion (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	template_id INTEGER NOT NULL, 
	perspective TEXT NOT NULL, 
	code TEXT NOT NULL, 
	label TEXT NOT NULL, 
	weight REAL NOT NULL, 
	position INTEGER NOT NULL, 
	computed TEXT, 
	is_gate INTEGER NOT NULL, 
	anchor_0 TEXT NOT NULL, 
	anchor_1 TEXT NOT NULL, 
	anchor_2 TEXT NOT NULL, 
	anchor_3 TEXT NOT NULL, 
	anchor_4 TEXT NOT NULL, 
	CONSTRAINT ck_criterion_perspective CHECK (perspective = 'return' OR perspective = 'customer' OR perspective = 'solution' OR perspective = 'strategy' OR perspective = 'competition'), 
	CONSTRAINT ck_criterion_code CHECK (code <> '' AND length(code) <= 60), 
	CONSTRAINT ck_criterion_label CHECK (label <> '' AND length(label) <= 500), 
	CONSTRAINT ck_criterion_weight CHECK (weight >= 0 AND weight <= 100), 
	CONSTRAINT ck_criterion_position CHECK (position >= 1), 
	CONSTRAINT ck_criterion_computed CHECK (computed = 'favour' OR computed = 'coverage' OR computed = 'level' OR computed = 'wins' OR computed = 'budget'), 
	CONSTRAINT ck_criterion_is_gate CHECK (is_gate IN (0, 1)), 
	CONSTRAINT ck_criterion_anchor_0 CHECK (anchor_0 = '' OR length(anchor_0) <= 500), 
	CONSTRAINT ck_criterion_anchor_1 CHECK (anchor_1 = '' OR length(anchor_1) <= 500), 
	CONSTRAINT ck_criterion_anchor_2 CHECK (anchor_2 = '' OR length(anchor_2) <= 500), 
	CONSTRAINT ck_criterion_anchor_3 CHECK (anchor_3 = '' OR length(anchor_3) <= 500), 
	CONSTRAINT ck_criterion_anchor_4 CHECK (anchor_4 = '' OR length(anchor_4) <= 500), 
	CONSTRAINT uq_criterion_template_id_code UNIQUE (template_id, code), 
	CONSTRAINT uq_criterion_uid UNIQUE (uid), 
	CONSTRAINT fk_criterion_template_id FOREIGN KEY(template_id) REFERENCES scorecard_template (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE assessment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	willingness INTEGER, 
	willingness_basis TEXT NOT NULL, 
	willingness_on TEXT, 
	willingness_source TEXT NOT NULL, 
	benefit TEXT NOT NULL, 
	level TEXT NOT NULL, 
	override_level TEXT, 
	override_reason TEXT NOT NULL, 
	target_level TEXT, 
	target_on TEXT, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_assessment_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_assessment_willingness CHECK (willingness >= 0 AND willingness <= 4), 
	CONSTRAINT ck_assessment_willingness_basis CHECK (willingness_basis = 'assumed' OR willingness_basis = 'confirmed'), 
	CONSTRAINT ck_assessment_willingness_on CHECK (willingness_on IS date(willingness_on, '+0 days')), 
	CONSTRAINT ck_assessment_willingness_source CHECK (willingness_source = '' OR length(willingness_source) <= 500), 
	CONSTRAINT ck_assessment_benefit CHECK (benefit = '' OR length(benefit) <= 200000), 
	CONSTRAINT ck_assessment_level CHECK (level = 'prospect' OR level = 'buyer' OR level = 'account' OR level = 'partner'), 
	CONSTRAINT ck_assessment_override_level CHECK (override_level = 'prospect' OR override_level = 'buyer' OR override_level = 'account' OR override_level = 'partner'), 
	CONSTRAINT ck_assessment_override_reason CHECK (override_reason = '' OR length(override_reason) <= 500), 
	CONSTRAINT ck_assessment_target_level CHECK (target_level = 'prospect' OR target_level = 'buyer' OR target_level = 'account' OR target_level = 'partner'), 
	CONSTRAINT ck_assessment_target_on CHECK (target_on IS date(target_on, '+0 days')), 
	CONSTRAINT ck_assessment_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_assessment_rule_1 CHECK (override_level IS NULL OR override_reason <> ''), 
	CONSTRAINT uq_assessment_account_id_day UNIQUE (account_id, day), 
	CONSTRAINT uq_assessment_uid UNIQUE (uid), 
	CONSTRAINT fk_assessment_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_assessment_day ON assessment (day);

CREATE TABLE competitor_position (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	competitor_id INTEGER NOT NULL, 
	closeness INTEGER, 
	success_factors TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_competitor_position_closeness CHECK (closeness >= 0 AND closeness <= 4), 
	CONSTRAINT ck_competitor_position_success_factors CHECK (success_factors = '' OR length(success_factors) <= 200000), 
	CONSTRAINT ck_competitor_position_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_competitor_position_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_competitor_position_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT uq_competitor_position_account_id_competitor_id UNIQUE (account_id, competitor_id), 
	CONSTRAINT uq_competitor_position_uid UNIQUE (uid), 
	CONSTRAINT fk_competitor_position_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_competitor_position_competitor_id FOREIGN KEY(competitor_id) REFERENCES competitor (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_competitor_position_competitor_id ON competitor_position (competitor_id);

CREATE TABLE distinct_accounts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	CONSTRAINT ck_distinct_accounts_rule_1 CHECK (account_id < other_id), 
	CONSTRAINT uq_distinct_accounts_account_id_other_id UNIQUE (account_id, other_id), 
	CONSTRAINT uq_distinct_accounts_uid UNIQUE (uid), 
	CONSTRAINT fk_distinct_accounts_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_distinct_accounts_other_id FOREIGN KEY(other_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_distinct_accounts_other_id ON distinct_accounts (other_id);

CREATE TABLE opportunity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	account_id INTEGER, 
	owner_id INTEGER, 
	offering_id INTEGER, 
	stage TEXT NOT NULL, 
	value INTEGER, 
	margin INTEGER, 
	cost_to_spend INTEGER, 
	currency TEXT NOT NULL, 
	opened_on TEXT, 
	expected_on TEXT, 
	closed_on TEXT, 
	need TEXT NOT NULL, 
	budget TEXT, 
	next_step TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	lost_to_id INTEGER, 
	lesson TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_opportunity_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_opportunity_stage CHECK (stage = 'prospecting' OR stage = 'engaging' OR stage = 'proposing' OR stage = 'negotiating' OR stage = 'won' OR stage = 'lost'), 
	CONSTRAINT ck_opportunity_cost_to_spend CHECK (cost_to_spend >= 0), 
	CONSTRAINT ck_opportunity_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_opportunity_opened_on CHECK (opened_on IS date(opened_on, '+0 days')), 
	CONSTRAINT ck_opportunity_expected_on CHECK (expected_on IS date(expected_on, '+0 days')), 
	CONSTRAINT ck_opportunity_closed_on CHECK (closed_on IS date(closed_on, '+0 days')), 
	CONSTRAINT ck_opportunity_need CHECK (need = '' OR length(need) <= 200000), 
	CONSTRAINT ck_opportunity_budget CHECK (budget = 'unaware' OR budget = 'aware' OR budget = 'wants' OR budget = 'accepted' OR budget = 'set'), 
	CONSTRAINT ck_opportunity_next_step CHECK (next_step = '' OR length(next_step) <= 500), 
	CONSTRAINT ck_opportunity_reason CHECK (reason = '' OR length(reason) <= 500), 
	CONSTRAINT ck_opportunity_lesson CHECK (lesson = '' OR length(lesson) <= 200000), 
	CONSTRAINT ck_opportunity_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_opportunity_uid UNIQUE (uid), 
	CONSTRAINT fk_opportunity_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_opportunity_owner_id FOREIGN KEY(owner_id) REFERENCES actor (id) ON DELETE SET NULL, 
	CONSTRAINT fk_opportunity_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id) ON DELETE SET NULL, 
	CONSTRAINT fk_opportunity_lost_to_id FOREIGN KEY(lost_to_id) REFERENCES competitor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_opportunity_account_id ON opportunity (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_opportunity_lost_to_id ON opportunity (lost_to_id) WHERE lost_to_id IS NOT NULL;

CREATE INDEX ix_opportunity_name_key ON opportunity (name_key);

CREATE INDEX ix_opportunity_offering_id ON opportunity (offering_id) WHERE offering_id IS NOT NULL;

CREATE INDEX ix_opportunity_owner_id ON opportunity (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	name TEXT NOT NULL, 
	honorific TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	family_name TEXT NOT NULL, 
	account_id INTEGER, 
	title TEXT NOT NULL, 
	department TEXT NOT NULL, 
	reports_to_id INTEGER, 
	preferred_channel_id INTEGER, 
	social_style TEXT, 
	style_basis TEXT NOT NULL, 
	style_on TEXT, 
	style_source TEXT NOT NULL, 
	language TEXT NOT NULL, 
	city TEXT NOT NULL, 
	country TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_person_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_person_honorific CHECK (honorific = '' OR length(honorific) <= 50), 
	CONSTRAINT ck_person_given_name CHECK (given_name = '' OR length(given_name) <= 500), 
	CONSTRAINT ck_person_family_name CHECK (family_name = '' OR length(family_name) <= 500), 
	CONSTRAINT ck_person_title CHECK (title = '' OR length(title) <= 500), 
	CONSTRAINT ck_person_department CHECK (department = '' OR length(department) <= 500), 
	CONSTRAINT ck_person_social_style CHECK (social_style = 'driving' OR social_style = 'expressive' OR social_style = 'amiable' OR social_style = 'analytical'), 
	CONSTRAINT ck_person_style_basis CHECK (style_basis = 'assumed' OR style_basis = 'confirmed'), 
	CONSTRAINT ck_person_style_on CHECK (style_on IS date(style_on, '+0 days')), 
	CONSTRAINT ck_person_style_source CHECK (style_source = '' OR length(style_source) <= 500), 
	CONSTRAINT ck_person_language CHECK (language = '' OR length(language) <= 50), 
	CONSTRAINT ck_person_city CHECK (city = '' OR length(city) <= 500), 
	CONSTRAINT ck_person_country CHECK (country = '' OR length(country) <= 500), 
	CONSTRAINT ck_person_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_person_rule_1 CHECK (reports_to_id <> id), 
	CONSTRAINT uq_person_uid UNIQUE (uid), 
	CONSTRAINT fk_person_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_reports_to_id FOREIGN KEY(reports_to_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_person_preferred_channel_id FOREIGN KEY(preferred_channel_id) REFERENCES channel (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_person_account_id ON person (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_person_name_key ON person (name_key);

CREATE INDEX ix_person_preferred_channel_id ON person (preferred_channel_id) WHERE preferred_channel_id IS NOT NULL;

CREATE INDEX ix_person_reports_to_id ON person (reports_to_id) WHERE reports_to_id IS NOT NULL;

CREATE TABLE portfolio_grade (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	criterion_id INTEGER NOT NULL, 
	grade INTEGER, 
	evidence TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_portfolio_grade_grade CHECK (grade >= 0 AND grade <= 4), 
	CONSTRAINT ck_portfolio_grade_evidence CHECK (evidence = '' OR length(evidence) <= 200000), 
	CONSTRAINT ck_portfolio_grade_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_portfolio_grade_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_portfolio_grade_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT uq_portfolio_grade_account_id_criterion_id UNIQUE (account_id, criterion_id), 
	CONSTRAINT uq_portfolio_grade_uid UNIQUE (uid), 
	CONSTRAINT fk_portfolio_grade_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_portfolio_grade_criterion_id FOREIGN KEY(criterion_id) REFERENCES portfolio_criterion (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_portfolio_grade_criterion_id ON portfolio_grade (criterion_id);

CREATE TABLE portfolio_position (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	attractiveness REAL, 
	strength REAL, 
	segment TEXT, 
	posture TEXT, 
	CONSTRAINT ck_portfolio_position_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_portfolio_position_attractiveness CHECK (attractiveness >= 0 AND attractiveness <= 100), 
	CONSTRAINT ck_portfolio_position_strength CHECK (strength >= 0 AND strength <= 100), 
	CONSTRAINT ck_portfolio_position_segment CHECK (segment = 'a' OR segment = 'b' OR segment = 'c' OR segment = 'd'), 
	CONSTRAINT ck_portfolio_position_posture CHECK (posture = 'acquire' OR posture = 'enrich' OR posture = 'keep' OR posture = 'serve' OR posture = 'leave'), 
	CONSTRAINT uq_portfolio_position_account_id_day UNIQUE (account_id, day), 
	CONSTRAINT uq_portfolio_position_uid UNIQUE (uid), 
	CONSTRAINT fk_portfolio_position_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_portfolio_position_day ON portfolio_position (day);

CREATE TABLE programme_member (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	programme_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	joined_on TEXT NOT NULL, 
	left_on TEXT, 
	reason TEXT NOT NULL, 
	CONSTRAINT ck_programme_member_joined_on CHECK (joined_on IS date(joined_on, '+0 days')), 
	CONSTRAINT ck_programme_member_left_on CHECK (left_on IS date(left_on, '+0 days')), 
	CONSTRAINT ck_programme_member_reason CHECK (reason = '' OR length(reason) <= 500), 
	CONSTRAINT ck_programme_member_rule_1 CHECK (left_on >= joined_on), 
	CONSTRAINT uq_programme_member_programme_id_account_id UNIQUE (programme_id, account_id), 
	CONSTRAINT uq_programme_member_uid UNIQUE (uid), 
	CONSTRAINT fk_programme_member_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE CASCADE, 
	CONSTRAINT fk_programme_member_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_programme_member_account_id ON programme_member (account_id);

CREATE INDEX ix_programme_member_joined_on ON programme_member (joined_on);

CREATE TABLE response_curve (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	sales INTEGER, 
	margin_share REAL, 
	currency TEXT NOT NULL, 
	hours REAL, 
	none REAL, 
	half REAL, 
	more REAL, 
	most REAL, 
	least_hours REAL, 
	most_hours REAL, 
	pinned_hours REAL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_response_curve_sales CHECK (sales >= 0), 
	CONSTRAINT ck_response_curve_margin_share CHECK (margin_share >= -1 AND margin_share <= 1), 
	CONSTRAINT ck_response_curve_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_response_curve_hours CHECK (hours >= 0 AND hours <= 10000), 
	CONSTRAINT ck_response_curve_none CHECK (none >= 0 AND none <= 100), 
	CONSTRAINT ck_response_curve_half CHECK (half >= 0 AND half <= 100), 
	CONSTRAINT ck_response_curve_more CHECK (more >= 0 AND more <= 100), 
	CONSTRAINT ck_response_curve_most CHECK (most >= 0 AND most <= 100), 
	CONSTRAINT ck_response_curve_least_hours CHECK (least_hours >= 0 AND least_hours <= 10000), 
	CONSTRAINT ck_response_curve_most_hours CHECK (most_hours >= 0 AND most_hours <= 10000), 
	CONSTRAINT ck_response_curve_pinned_hours CHECK (pinned_hours >= 0 AND pinned_hours <= 10000), 
	CONSTRAINT ck_response_curve_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_response_curve_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_response_curve_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_response_curve_rule_1 CHECK (most_hours >= least_hours), 
	CONSTRAINT ck_response_curve_rule_2 CHECK (pinned_hours >= least_hours), 
	CONSTRAINT ck_response_curve_rule_3 CHECK (most_hours >= pinned_hours), 
	CONSTRAINT uq_response_curve_account_id UNIQUE (account_id), 
	CONSTRAINT uq_response_curve_uid UNIQUE (uid), 
	CONSTRAINT fk_response_curve_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE scenario_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	scenario_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	hours_today REAL, 
	hours REAL NOT NULL, 
	contacts INTEGER, 
	gain INTEGER, 
	currency TEXT NOT NULL, 
	CONSTRAINT ck_scenario_line_hours_today CHECK (hours_today >= 0 AND hours_today <= 10000), 
	CONSTRAINT ck_scenario_line_hours CHECK (hours >= 0 AND hours <= 10000), 
	CONSTRAINT ck_scenario_line_contacts CHECK (contacts >= 0 AND contacts <= 10000), 
	CONSTRAINT ck_scenario_line_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT uq_scenario_line_scenario_id_account_id UNIQUE (scenario_id, account_id), 
	CONSTRAINT uq_scenario_line_uid UNIQUE (uid), 
	CONSTRAINT fk_scenario_line_scenario_id FOREIGN KEY(scenario_id) REFERENCES territory_scenario (id) ON DELETE CASCADE, 
	CONSTRAINT fk_scenario_line_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_scenario_line_account_id ON scenario_line (account_id);

CREATE TABLE tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT ck_tag_name CHECK (name <> '' AND length(name) <= 50), 
	CONSTRAINT uq_tag_account_id_name UNIQUE (account_id, name), 
	CONSTRAINT uq_tag_uid UNIQUE (uid), 
	CONSTRAINT fk_tag_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_tag_name_key ON tag (name_key);

CREATE TABLE white_space (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	offering_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	competitor_id INTEGER, 
	contract_ends_on TEXT, 
	potential INTEGER, 
	currency TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_white_space_state CHECK (state = 'us' OR state = 'competitor' OR state = 'in_house' OR state = 'not_needed' OR state = 'unknown'), 
	CONSTRAINT ck_white_space_contract_ends_on CHECK (contract_ends_on IS date(contract_ends_on, '+0 days')), 
	CONSTRAINT ck_white_space_potential CHECK (potential >= 0), 
	CONSTRAINT ck_white_space_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_white_space_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_white_space_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_white_space_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_white_space_rule_1 CHECK (competitor_id IS NULL OR state = 'competitor'), 
	CONSTRAINT uq_white_space_account_id_offering_id UNIQUE (account_id, offering_id), 
	CONSTRAINT uq_white_space_uid UNIQUE (uid), 
	CONSTRAINT fk_white_space_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_white_space_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id) ON DELETE CASCADE, 
	CONSTRAINT fk_white_space_competitor_id FOREIGN KEY(competitor_id) REFERENCES competitor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_white_space_competitor_id ON white_space (competitor_id) WHERE competitor_id IS NOT NULL;

CREATE INDEX ix_white_space_offering_id ON white_space (offering_id);

CREATE TABLE assessment_rating (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	assessment_id INTEGER NOT NULL, 
	indicator TEXT NOT NULL, 
	grade INTEGER, 
	evidence TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_assessment_rating_indicator CHECK (indicator = 'promises' OR indicator = 'product' OR indicator = 'working' OR indicator = 'continuity' OR indicator = 'implementation' OR indicator = 'efficiency' OR indicator = 'standards' OR indicator = 'quality' OR indicator = 'performance' OR indicator = 'expertise' OR indicator = 'integration' OR indicator = 'advice' OR indicator = 'strategic' OR indicator = 'know_how' OR indicator = 'economic' OR indicator = 'administrative' OR indicator = 'logistic' OR indicator = 'operational' OR indicator = 'professional' OR indicator = 'organisational'), 
	CONSTRAINT ck_assessment_rating_grade CHECK (grade >= 0 AND grade <= 4), 
	CONSTRAINT ck_assessment_rating_evidence CHECK (evidence = '' OR length(evidence) <= 200000), 
	CONSTRAINT ck_assessment_rating_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_assessment_rating_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_assessment_rating_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT uq_assessment_rating_assessment_id_indicator UNIQUE (assessment_id, indicator), 
	CONSTRAINT uq_assessment_rating_uid UNIQUE (uid), 
	CONSTRAINT fk_assessment_rating_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	channel_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	day TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_consent_state CHECK (state = 'granted' OR state = 'refused'), 
	CONSTRAINT ck_consent_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_consent_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT uq_consent_person_id_channel_id UNIQUE (person_id, channel_id), 
	CONSTRAINT uq_consent_uid UNIQUE (uid), 
	CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_consent_channel_id FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_consent_channel_id ON consent (channel_id);

CREATE INDEX ix_consent_day ON consent (day);

CREATE TABLE distinct_people (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	CONSTRAINT ck_distinct_people_rule_1 CHECK (person_id < other_id), 
	CONSTRAINT uq_distinct_people_person_id_other_id UNIQUE (person_id, other_id), 
	CONSTRAINT uq_distinct_people_uid UNIQUE (uid), 
	CONSTRAINT fk_distinct_people_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_distinct_people_other_id FOREIGN KEY(other_id) REFERENCES person (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_distinct_people_other_id ON distinct_people (other_id);

CREATE TABLE dmu_map (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER, 
	opportunity_id INTEGER, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_dmu_map_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_dmu_map_rule_1 CHECK ((account_id IS NULL) <> (opportunity_id IS NULL)), 
	CONSTRAINT uq_dmu_map_account_id UNIQUE (account_id), 
	CONSTRAINT uq_dmu_map_opportunity_id UNIQUE (opportunity_id), 
	CONSTRAINT uq_dmu_map_uid UNIQUE (uid), 
	CONSTRAINT fk_dmu_map_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_dmu_map_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
)
 STRICT;

CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER, 
	person_id INTEGER, 
	opportunity_id INTEGER, 
	day TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT ck_note_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_note_text CHECK (text <> '' AND length(text) <= 200000), 
	CONSTRAINT ck_note_rule_1 CHECK (account_id IS NOT NULL OR person_id IS NOT NULL OR opportunity_id IS NOT NULL), 
	CONSTRAINT uq_note_uid UNIQUE (uid), 
	CONSTRAINT fk_note_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_note_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_note_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_note_account_id ON note (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_note_day ON note (day);

CREATE INDEX ix_note_opportunity_id ON note (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_note_person_id ON note (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE objective (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	name TEXT NOT NULL, 
	due_on TEXT, 
	achieved TEXT, 
	lesson TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_objective_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_objective_due_on CHECK (due_on IS date(due_on, '+0 days')), 
	CONSTRAINT ck_objective_achieved CHECK (achieved = 'not' OR achieved = 'partly' OR achieved = 'fully'), 
	CONSTRAINT ck_objective_lesson CHECK (lesson = '' OR length(lesson) <= 200000), 
	CONSTRAINT ck_objective_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_objective_uid UNIQUE (uid), 
	CONSTRAINT fk_objective_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_objective_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_objective_account_id ON objective (account_id);

CREATE INDEX ix_objective_name_key ON objective (name_key);

CREATE INDEX ix_objective_opportunity_id ON objective (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE TABLE opportunity_finding (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	opportunity_id INTEGER NOT NULL, 
	finding TEXT NOT NULL, 
	day TEXT NOT NULL, 
	CONSTRAINT ck_opportunity_finding_finding CHECK (finding <> '' AND length(finding) <= 60), 
	CONSTRAINT ck_opportunity_finding_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT uq_opportunity_finding_opportunity_id_finding UNIQUE (opportunity_id, finding), 
	CONSTRAINT uq_opportunity_finding_uid UNIQUE (uid), 
	CONSTRAINT fk_opportunity_finding_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_opportunity_finding_day ON opportunity_finding (day);

CREATE TABLE person_email (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	is_primary INTEGER NOT NULL, 
	CONSTRAINT ck_person_email_address CHECK (address <> '' AND length(address) <= 320), 
	CONSTRAINT ck_person_email_kind CHECK (kind = 'work' OR kind = 'home' OR kind = 'other'), 
	CONSTRAINT ck_person_email_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT uq_person_email_uid UNIQUE (uid), 
	CONSTRAINT fk_person_email_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_person_email_person_id ON person_email (person_id);

CREATE TABLE person_phone (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	is_primary INTEGER NOT NULL, 
	CONSTRAINT ck_person_phone_number CHECK (number <> '' AND length(number) <= 60), 
	CONSTRAINT ck_person_phone_kind CHECK (kind = 'work' OR kind = 'mobile' OR kind = 'home' OR kind = 'fax' OR kind = 'other'), 
	CONSTRAINT ck_person_phone_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT uq_person_phone_uid UNIQUE (uid), 
	CONSTRAINT fk_person_phone_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_person_phone_person_id ON person_phone (person_id);

CREATE TABLE "plan" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	objective TEXT NOT NULL, 
	account_id INTEGER, 
	opportunity_id INTEGER, 
	starts_on TEXT NOT NULL, 
	ends_on TEXT NOT NULL, 
	budget INTEGER, 
	currency TEXT NOT NULL, 
	cadence_days INTEGER, 
	status TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_plan_objective CHECK (objective <> '' AND length(objective) <= 500), 
	CONSTRAINT ck_plan_starts_on CHECK (starts_on IS date(starts_on, '+0 days')), 
	CONSTRAINT ck_plan_ends_on CHECK (ends_on IS date(ends_on, '+0 days')), 
	CONSTRAINT ck_plan_budget CHECK (budget >= 0), 
	CONSTRAINT ck_plan_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_plan_cadence_days CHECK (cadence_days >= 0 AND cadence_days <= 365), 
	CONSTRAINT ck_plan_status CHECK (status = 'draft' OR status = 'running' OR status = 'finished'), 
	CONSTRAINT ck_plan_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_plan_rule_1 CHECK ((account_id IS NULL) <> (opportunity_id IS NULL)), 
	CONSTRAINT ck_plan_rule_2 CHECK (ends_on >= starts_on), 
	CONSTRAINT uq_plan_uid UNIQUE (uid), 
	CONSTRAINT fk_plan_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_plan_account_id ON "plan" (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_plan_ends_on ON "plan" (ends_on);

CREATE INDEX ix_plan_opportunity_id ON "plan" (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_plan_starts_on ON "plan" (starts_on);

CREATE TABLE project (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	name TEXT NOT NULL, 
	status TEXT NOT NULL, 
	owner_id INTEGER, 
	starts_on TEXT, 
	ends_on TEXT, 
	ended_on TEXT, 
	progress INTEGER, 
	cooperation INTEGER, 
	cooperation_basis TEXT NOT NULL, 
	cooperation_on TEXT, 
	cooperation_source TEXT NOT NULL, 
	margin INTEGER, 
	currency TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_project_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_project_status CHECK (status = 'planned' OR status = 'running' OR status = 'done' OR status = 'stopped'), 
	CONSTRAINT ck_project_starts_on CHECK (starts_on IS date(starts_on, '+0 days')), 
	CONSTRAINT ck_project_ends_on CHECK (ends_on IS date(ends_on, '+0 days')), 
	CONSTRAINT ck_project_ended_on CHECK (ended_on IS date(ended_on, '+0 days')), 
	CONSTRAINT ck_project_progress CHECK (progress >= 0 AND progress <= 100), 
	CONSTRAINT ck_project_cooperation CHECK (cooperation >= 0 AND cooperation <= 4), 
	CONSTRAINT ck_project_cooperation_basis CHECK (cooperation_basis = 'assumed' OR cooperation_basis = 'confirmed'), 
	CONSTRAINT ck_project_cooperation_on CHECK (cooperation_on IS date(cooperation_on, '+0 days')), 
	CONSTRAINT ck_project_cooperation_source CHECK (cooperation_source = '' OR length(cooperation_source) <= 500), 
	CONSTRAINT ck_project_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_project_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_project_rule_1 CHECK (ended_on IS NULL OR status = 'done' OR status = 'stopped'), 
	CONSTRAINT ck_project_rule_2 CHECK (ends_on >= starts_on), 
	CONSTRAINT uq_project_uid UNIQUE (uid), 
	CONSTRAINT fk_project_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL, 
	CONSTRAINT fk_project_owner_id FOREIGN KEY(owner_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_project_account_id ON project (account_id);

CREATE INDEX ix_project_name_key ON project (name_key);

CREATE INDEX ix_project_opportunity_id ON project (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_project_owner_id ON project (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE proposition (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER, 
	opportunity_id INTEGER, 
	need TEXT NOT NULL, 
	offer TEXT NOT NULL, 
	offering_id INTEGER, 
	benefit TEXT NOT NULL, 
	proof TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT ck_proposition_need CHECK (need <> '' AND length(need) <= 500), 
	CONSTRAINT ck_proposition_offer CHECK (offer = '' OR length(offer) <= 500), 
	CONSTRAINT ck_proposition_benefit CHECK (benefit = '' OR length(benefit) <= 500), 
	CONSTRAINT ck_proposition_proof CHECK (proof = '' OR length(proof) <= 500), 
	CONSTRAINT ck_proposition_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_proposition_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_proposition_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_proposition_position CHECK (position >= 1), 
	CONSTRAINT ck_proposition_rule_1 CHECK ((account_id IS NULL) <> (opportunity_id IS NULL)), 
	CONSTRAINT uq_proposition_uid UNIQUE (uid), 
	CONSTRAINT fk_proposition_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposition_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE, 
	CONSTRAINT fk_proposition_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_proposition_account_id ON proposition (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_proposition_offering_id ON proposition (offering_id) WHERE offering_id IS NOT NULL;

CREATE INDEX ix_proposition_opportunity_id ON proposition (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE TABLE sales_order (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	number TEXT NOT NULL, 
	day TEXT NOT NULL, 
	status TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_sales_order_number CHECK (number = '' OR length(number) <= 500), 
	CONSTRAINT ck_sales_order_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_sales_order_status CHECK (status = 'open' OR status = 'delivered' OR status = 'cancelled'), 
	CONSTRAINT ck_sales_order_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_sales_order_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_sales_order_uid UNIQUE (uid), 
	CONSTRAINT fk_sales_order_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_sales_order_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_sales_order_account_id ON sales_order (account_id);

CREATE INDEX ix_sales_order_day ON sales_order (day);

CREATE INDEX ix_sales_order_opportunity_id ON sales_order (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE TABLE scorecard (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	opportunity_id INTEGER NOT NULL, 
	template_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	probability REAL, 
	probability_low REAL, 
	probability_high REAL, 
	learnt_from INTEGER, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_scorecard_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_scorecard_probability CHECK (probability >= 0 AND probability <= 1), 
	CONSTRAINT ck_scorecard_probability_low CHECK (probability_low >= 0 AND probability_low <= 1), 
	CONSTRAINT ck_scorecard_probability_high CHECK (probability_high >= 0 AND probability_high <= 1), 
	CONSTRAINT ck_scorecard_learnt_from CHECK (learnt_from >= 0), 
	CONSTRAINT ck_scorecard_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT uq_scorecard_opportunity_id_template_id_day UNIQUE (opportunity_id, template_id, day), 
	CONSTRAINT uq_scorecard_uid UNIQUE (uid), 
	CONSTRAINT fk_scorecard_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE, 
	CONSTRAINT fk_scorecard_template_id FOREIGN KEY(template_id) REFERENCES scorecard_template (id) ON DELETE RESTRICT
)
 STRICT;

CREATE INDEX ix_scorecard_day ON scorecard (day);

CREATE INDEX ix_scorecard_template_id ON scorecard (template_id);

CREATE TABLE stage_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	opportunity_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	day TEXT NOT NULL, 
	CONSTRAINT ck_stage_change_stage CHECK (stage = 'prospecting' OR stage = 'engaging' OR stage = 'proposing' OR stage = 'negotiating' OR stage = 'won' OR stage = 'lost'), 
	CONSTRAINT ck_stage_change_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT uq_stage_change_uid UNIQUE (uid), 
	CONSTRAINT fk_stage_change_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_stage_change_day ON stage_change (day);

CREATE INDEX ix_stage_change_opportunity_id ON stage_change (opportunity_id);

CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	scorecard_id INTEGER NOT NULL, 
	criterion_id INTEGER NOT NULL, 
	grade INTEGER, 
	computed REAL, 
	evidence TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	override_reason TEXT NOT NULL, 
	CONSTRAINT ck_answer_grade CHECK (grade >= 0 AND grade <= 4), 
	CONSTRAINT ck_answer_computed CHECK (computed >= 0 AND computed <= 4), 
	CONSTRAINT ck_answer_evidence CHECK (evidence = '' OR length(evidence) <= 200000), 
	CONSTRAINT ck_answer_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_answer_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_answer_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_answer_override_reason CHECK (override_reason = '' OR length(override_reason) <= 500), 
	CONSTRAINT uq_answer_scorecard_id_criterion_id UNIQUE (scorecard_id, criterion_id), 
	CONSTRAINT uq_answer_uid UNIQUE (uid), 
	CONSTRAINT fk_answer_scorecard_id FOREIGN KEY(scorecard_id) REFERENCES scorecard (id) ON DELETE CASCADE, 
	CONSTRAINT fk_answer_criterion_id FOREIGN KEY(criterion_id) REFERENCES criterion (id) ON DELETE RESTRICT
)
 STRICT;

CREATE INDEX ix_answer_criterion_id ON answer (criterion_id);

CREATE TABLE competence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	actor_id INTEGER, 
	grade INTEGER, 
	CONSTRAINT ck_competence_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_competence_grade CHECK (grade >= 0 AND grade <= 4), 
	CONSTRAINT uq_competence_project_id_name UNIQUE (project_id, name), 
	CONSTRAINT uq_competence_uid UNIQUE (uid), 
	CONSTRAINT fk_competence_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE, 
	CONSTRAINT fk_competence_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_competence_actor_id ON competence (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX ix_competence_name_key ON competence (name_key);

CREATE TABLE competitor_answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	scorecard_id INTEGER NOT NULL, 
	criterion_id INTEGER NOT NULL, 
	competitor_id INTEGER NOT NULL, 
	grade INTEGER, 
	evidence TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_competitor_answer_grade CHECK (grade >= 0 AND grade <= 4), 
	CONSTRAINT ck_competitor_answer_evidence CHECK (evidence = '' OR length(evidence) <= 200000), 
	CONSTRAINT ck_competitor_answer_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_competitor_answer_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_competitor_answer_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT uq_competitor_answer_scorecard_id_criterion_id_competitor_id UNIQUE (scorecard_id, criterion_id, competitor_id), 
	CONSTRAINT uq_competitor_answer_uid UNIQUE (uid), 
	CONSTRAINT fk_competitor_answer_scorecard_id FOREIGN KEY(scorecard_id) REFERENCES scorecard (id) ON DELETE CASCADE, 
	CONSTRAINT fk_competitor_answer_criterion_id FOREIGN KEY(criterion_id) REFERENCES criterion (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_competitor_answer_competitor_id FOREIGN KEY(competitor_id) REFERENCES competitor (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_competitor_answer_competitor_id ON competitor_answer (competitor_id);

CREATE INDEX ix_competitor_answer_criterion_id ON competitor_answer (criterion_id);

CREATE TABLE customer_request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	project_id INTEGER, 
	name TEXT NOT NULL, 
	received_on TEXT NOT NULL, 
	passed_to_id INTEGER, 
	passed_on TEXT, 
	due_on TEXT, 
	answered_on TEXT, 
	answer TEXT NOT NULL, 
	CONSTRAINT ck_customer_request_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_customer_request_received_on CHECK (received_on IS date(received_on, '+0 days')), 
	CONSTRAINT ck_customer_request_passed_on CHECK (passed_on IS date(passed_on, '+0 days')), 
	CONSTRAINT ck_customer_request_due_on CHECK (due_on IS date(due_on, '+0 days')), 
	CONSTRAINT ck_customer_request_answered_on CHECK (answered_on IS date(answered_on, '+0 days')), 
	CONSTRAINT ck_customer_request_answer CHECK (answer = '' OR length(answer) <= 200000), 
	CONSTRAINT ck_customer_request_rule_1 CHECK (passed_on >= received_on), 
	CONSTRAINT ck_customer_request_rule_2 CHECK (answered_on >= received_on), 
	CONSTRAINT uq_customer_request_uid UNIQUE (uid), 
	CONSTRAINT fk_customer_request_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_customer_request_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_customer_request_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE SET NULL, 
	CONSTRAINT fk_customer_request_passed_to_id FOREIGN KEY(passed_to_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_customer_request_account_id ON customer_request (account_id);

CREATE INDEX ix_customer_request_name_key ON customer_request (name_key);

CREATE INDEX ix_customer_request_passed_to_id ON customer_request (passed_to_id) WHERE passed_to_id IS NOT NULL;

CREATE INDEX ix_customer_request_person_id ON customer_request (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_customer_request_project_id ON customer_request (project_id) WHERE project_id IS NOT NULL;

CREATE INDEX ix_customer_request_received_on ON customer_request (received_on);

CREATE TABLE order_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	order_id INTEGER NOT NULL, 
	offering_id INTEGER, 
	description TEXT NOT NULL, 
	quantity REAL NOT NULL, 
	unit_price INTEGER, 
	margin INTEGER, 
	position INTEGER NOT NULL, 
	CONSTRAINT ck_order_line_description CHECK (description = '' OR length(description) <= 500), 
	CONSTRAINT ck_order_line_position CHECK (position >= 1), 
	CONSTRAINT uq_order_line_uid UNIQUE (uid), 
	CONSTRAINT fk_order_line_order_id FOREIGN KEY(order_id) REFERENCES sales_order (id) ON DELETE CASCADE, 
	CONSTRAINT fk_order_line_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_order_line_offering_id ON order_line (offering_id) WHERE offering_id IS NOT NULL;

CREATE INDEX ix_order_line_order_id ON order_line (order_id);

CREATE TABLE project_person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	CONSTRAINT ck_project_person_part CHECK (part = '' OR length(part) <= 500), 
	CONSTRAINT uq_project_person_project_id_person_id UNIQUE (project_id, person_id), 
	CONSTRAINT uq_project_person_uid UNIQUE (uid), 
	CONSTRAINT fk_project_person_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE CASCADE, 
	CONSTRAINT fk_project_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_project_person_person_id ON project_person (person_id);

CREATE TABLE promise (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	project_id INTEGER, 
	person_id INTEGER, 
	actor_id INTEGER, 
	name TEXT NOT NULL, 
	made_on TEXT, 
	due_on TEXT, 
	kept TEXT, 
	ended_on TEXT, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_promise_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_promise_made_on CHECK (made_on IS date(made_on, '+0 days')), 
	CONSTRAINT ck_promise_due_on CHECK (due_on IS date(due_on, '+0 days')), 
	CONSTRAINT ck_promise_kept CHECK (kept = 'kept' OR kept = 'partly' OR kept = 'broken'), 
	CONSTRAINT ck_promise_ended_on CHECK (ended_on IS date(ended_on, '+0 days')), 
	CONSTRAINT ck_promise_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_promise_rule_1 CHECK (kept IS NULL OR ended_on IS NOT NULL), 
	CONSTRAINT uq_promise_uid UNIQUE (uid), 
	CONSTRAINT fk_promise_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_promise_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL, 
	CONSTRAINT fk_promise_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE SET NULL, 
	CONSTRAINT fk_promise_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_promise_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_promise_account_id ON promise (account_id);

CREATE INDEX ix_promise_actor_id ON promise (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX ix_promise_name_key ON promise (name_key);

CREATE INDEX ix_promise_opportunity_id ON promise (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_promise_person_id ON promise (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_promise_project_id ON promise (project_id) WHERE project_id IS NOT NULL;

CREATE TABLE satisfaction (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	project_id INTEGER, 
	actor_id INTEGER, 
	day TEXT NOT NULL, 
	score INTEGER, 
	comment TEXT NOT NULL, 
	CONSTRAINT ck_satisfaction_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_satisfaction_score CHECK (score >= 0 AND score <= 10), 
	CONSTRAINT ck_satisfaction_comment CHECK (comment = '' OR length(comment) <= 200000), 
	CONSTRAINT uq_satisfaction_uid UNIQUE (uid), 
	CONSTRAINT fk_satisfaction_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_satisfaction_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_satisfaction_project_id FOREIGN KEY(project_id) REFERENCES project (id) ON DELETE SET NULL, 
	CONSTRAINT fk_satisfaction_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_satisfaction_account_id ON satisfaction (account_id);

CREATE INDEX ix_satisfaction_actor_id ON satisfaction (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX ix_satisfaction_day ON satisfaction (day);

CREATE INDEX ix_satisfaction_person_id ON satisfaction (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_satisfaction_project_id ON satisfaction (project_id) WHERE project_id IS NOT NULL;

CREATE TABLE stakeholder (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	map_id INTEGER NOT NULL, 
	person_id INTEGER, 
	position TEXT NOT NULL, 
	reports_to_id INTEGER, 
	rank TEXT, 
	roles TEXT NOT NULL, 
	veto INTEGER NOT NULL, 
	power INTEGER, 
	power_basis TEXT NOT NULL, 
	power_on TEXT, 
	power_source TEXT NOT NULL, 
	attitude INTEGER, 
	attitude_basis TEXT NOT NULL, 
	attitude_on TEXT, 
	attitude_source TEXT NOT NULL, 
	openness REAL NOT NULL, 
	relationship INTEGER, 
	relationship_basis TEXT NOT NULL, 
	relationship_on TEXT, 
	relationship_source TEXT NOT NULL, 
	covered_by_id INTEGER, 
	competitor_id INTEGER, 
	criteria TEXT NOT NULL, 
	objectives TEXT NOT NULL, 
	win TEXT NOT NULL, 
	win_strength INTEGER, 
	win_basis TEXT NOT NULL, 
	win_on TEXT, 
	win_source TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_stakeholder_position CHECK (position = '' OR length(position) <= 500), 
	CONSTRAINT ck_stakeholder_rank CHECK (rank = 'assistant' OR rank = 'head' OR rank = 'director' OR rank = 'general'), 
	CONSTRAINT ck_stakeholder_roles CHECK (roles NOT GLOB '*[^a-z,]*'), 
	CONSTRAINT ck_stakeholder_veto CHECK (veto IN (0, 1)), 
	CONSTRAINT ck_stakeholder_power CHECK (power >= 0 AND power <= 4), 
	CONSTRAINT ck_stakeholder_power_basis CHECK (power_basis = 'assumed' OR power_basis = 'confirmed'), 
	CONSTRAINT ck_stakeholder_power_on CHECK (power_on IS date(power_on, '+0 days')), 
	CONSTRAINT ck_stakeholder_power_source CHECK (power_source = '' OR length(power_source) <= 500), 
	CONSTRAINT ck_stakeholder_attitude CHECK (attitude >= -2 AND attitude <= 2), 
	CONSTRAINT ck_stakeholder_attitude_basis CHECK (attitude_basis = 'assumed' OR attitude_basis = 'confirmed'), 
	CONSTRAINT ck_stakeholder_attitude_on CHECK (attitude_on IS date(attitude_on, '+0 days')), 
	CONSTRAINT ck_stakeholder_attitude_source CHECK (attitude_source = '' OR length(attitude_source) <= 500), 
	CONSTRAINT ck_stakeholder_openness CHECK (openness >= 0 AND openness <= 1), 
	CONSTRAINT ck_stakeholder_relationship CHECK (relationship >= 0 AND relationship <= 4), 
	CONSTRAINT ck_stakeholder_relationship_basis CHECK (relationship_basis = 'assumed' OR relationship_basis = 'confirmed'), 
	CONSTRAINT ck_stakeholder_relationship_on CHECK (relationship_on IS date(relationship_on, '+0 days')), 
	CONSTRAINT ck_stakeholder_relationship_source CHECK (relationship_source = '' OR length(relationship_source) <= 500), 
	CONSTRAINT ck_stakeholder_criteria CHECK (criteria = '' OR length(criteria) <= 200000), 
	CONSTRAINT ck_stakeholder_objectives CHECK (objectives = '' OR length(objectives) <= 200000), 
	CONSTRAINT ck_stakeholder_win CHECK (win = '' OR length(win) <= 200000), 
	CONSTRAINT ck_stakeholder_win_strength CHECK (win_strength >= 0 AND win_strength <= 3), 
	CONSTRAINT ck_stakeholder_win_basis CHECK (win_basis = 'assumed' OR win_basis = 'confirmed'), 
	CONSTRAINT ck_stakeholder_win_on CHECK (win_on IS date(win_on, '+0 days')), 
	CONSTRAINT ck_stakeholder_win_source CHECK (win_source = '' OR length(win_source) <= 500), 
	CONSTRAINT ck_stakeholder_notes CHECK (notes = '' OR length(notes) <= 200000), 
	CONSTRAINT ck_stakeholder_rule_1 CHECK (person_id IS NOT NULL OR position <> ''), 
	CONSTRAINT ck_stakeholder_rule_2 CHECK (reports_to_id <> id), 
	CONSTRAINT uq_stakeholder_map_id_person_id UNIQUE (map_id, person_id), 
	CONSTRAINT uq_stakeholder_uid UNIQUE (uid), 
	CONSTRAINT fk_stakeholder_map_id FOREIGN KEY(map_id) REFERENCES dmu_map (id) ON DELETE CASCADE, 
	CONSTRAINT fk_stakeholder_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_stakeholder_reports_to_id FOREIGN KEY(reports_to_id) REFERENCES stakeholder (id) ON DELETE SET NULL, 
	CONSTRAINT fk_stakeholder_covered_by_id FOREIGN KEY(covered_by_id) REFERENCES actor (id) ON DELETE SET NULL, 
	CONSTRAINT fk_stakeholder_competitor_id FOREIGN KEY(competitor_id) REFERENCES competitor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_stakeholder_competitor_id ON stakeholder (competitor_id) WHERE competitor_id IS NOT NULL;

CREATE INDEX ix_stakeholder_covered_by_id ON stakeholder (covered_by_id) WHERE covered_by_id IS NOT NULL;

CREATE INDEX ix_stakeholder_person_id ON stakeholder (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_stakeholder_reports_to_id ON stakeholder (reports_to_id) WHERE reports_to_id IS NOT NULL;

CREATE TABLE strategy (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	objective_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT ck_strategy_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT uq_strategy_uid UNIQUE (uid), 
	CONSTRAINT fk_strategy_objective_id FOREIGN KEY(objective_id) REFERENCES objective (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_strategy_name_key ON strategy (name_key);

CREATE INDEX ix_strategy_objective_id ON strategy (objective_id);

CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	account_id INTEGER, 
	opportunity_id INTEGER, 
	plan_id INTEGER, 
	day TEXT NOT NULL, 
	time TEXT NOT NULL, 
	channel_id INTEGER NOT NULL, 
	actor_id INTEGER, 
	status TEXT NOT NULL, 
	message TEXT NOT NULL, 
	proposition_id INTEGER, 
	win_of_id INTEGER, 
	outcome TEXT NOT NULL, 
	cost INTEGER, 
	currency TEXT NOT NULL, 
	hours REAL, 
	done_at TEXT, 
	number_ahead INTEGER, 
	CONSTRAINT ck_contact_day CHECK (day IS date(day, '+0 days')), 
	CONSTRAINT ck_contact_time CHECK (time = '' OR length(time) <= 5), 
	CONSTRAINT ck_contact_status CHECK (status = 'planned' OR status = 'done' OR status = 'moved' OR status = 'cancelled'), 
	CONSTRAINT ck_contact_message CHECK (message = '' OR length(message) <= 500), 
	CONSTRAINT ck_contact_outcome CHECK (outcome = '' OR length(outcome) <= 200000), 
	CONSTRAINT ck_contact_cost CHECK (cost >= 0), 
	CONSTRAINT ck_contact_currency CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT ck_contact_hours CHECK (hours >= 0 AND hours <= 1000), 
	CONSTRAINT ck_contact_done_at CHECK (done_at GLOB '????-??-??T??:??:*Z'), 
	CONSTRAINT ck_contact_number_ahead CHECK (number_ahead >= 1 AND number_ahead <= 1e+15), 
	CONSTRAINT ck_contact_rule_1 CHECK (status <> 'done' OR done_at IS NOT NULL), 
	CONSTRAINT uq_contact_uid UNIQUE (uid), 
	CONSTRAINT fk_contact_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_channel_id FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_contact_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_proposition_id FOREIGN KEY(proposition_id) REFERENCES proposition (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_win_of_id FOREIGN KEY(win_of_id) REFERENCES stakeholder (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_contact_account_id ON contact (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_contact_actor_id ON contact (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX ix_contact_channel_id ON contact (channel_id);

CREATE INDEX ix_contact_day ON contact (day);

CREATE INDEX ix_contact_opportunity_id ON contact (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_contact_plan_id ON contact (plan_id) WHERE plan_id IS NOT NULL;

CREATE INDEX ix_contact_proposition_id ON contact (proposition_id) WHERE proposition_id IS NOT NULL;

CREATE INDEX ix_contact_win_of_id ON contact (win_of_id) WHERE win_of_id IS NOT NULL;

CREATE TABLE influence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	source_id INTEGER NOT NULL, 
	target_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	strength INTEGER NOT NULL, 
	is_formal INTEGER NOT NULL, 
	basis TEXT NOT NULL, 
	judged_on TEXT, 
	source TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT ck_influence_kind CHECK (kind = 'influence' OR kind = 'conflict'), 
	CONSTRAINT ck_influence_strength CHECK (strength >= 1 AND strength <= 3), 
	CONSTRAINT ck_influence_is_formal CHECK (is_formal IN (0, 1)), 
	CONSTRAINT ck_influence_basis CHECK (basis = 'assumed' OR basis = 'confirmed'), 
	CONSTRAINT ck_influence_judged_on CHECK (judged_on IS date(judged_on, '+0 days')), 
	CONSTRAINT ck_influence_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_influence_notes CHECK (notes = '' OR length(notes) <= 500), 
	CONSTRAINT ck_influence_rule_1 CHECK (source_id <> target_id), 
	CONSTRAINT uq_influence_source_id_target_id_kind_is_formal UNIQUE (source_id, target_id, kind, is_formal), 
	CONSTRAINT uq_influence_uid UNIQUE (uid), 
	CONSTRAINT fk_influence_source_id FOREIGN KEY(source_id) REFERENCES stakeholder (id) ON DELETE CASCADE, 
	CONSTRAINT fk_influence_target_id FOREIGN KEY(target_id) REFERENCES stakeholder (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_influence_target_id ON influence (target_id);

CREATE TABLE plan_action (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER NOT NULL, 
	opportunity_id INTEGER, 
	strategy_id INTEGER, 
	name TEXT NOT NULL, 
	owner_id INTEGER, 
	due_on TEXT, 
	done_on TEXT, 
	achieved TEXT, 
	lesson TEXT NOT NULL, 
	gate TEXT NOT NULL, 
	number_ahead INTEGER, 
	CONSTRAINT ck_plan_action_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_plan_action_due_on CHECK (due_on IS date(due_on, '+0 days')), 
	CONSTRAINT ck_plan_action_done_on CHECK (done_on IS date(done_on, '+0 days')), 
	CONSTRAINT ck_plan_action_achieved CHECK (achieved = 'not' OR achieved = 'partly' OR achieved = 'fully'), 
	CONSTRAINT ck_plan_action_lesson CHECK (lesson = '' OR length(lesson) <= 200000), 
	CONSTRAINT ck_plan_action_gate CHECK (gate = '' OR length(gate) <= 60), 
	CONSTRAINT ck_plan_action_number_ahead CHECK (number_ahead >= 1 AND number_ahead <= 1e+15), 
	CONSTRAINT ck_plan_action_rule_1 CHECK (achieved IS NULL OR done_on IS NOT NULL), 
	CONSTRAINT uq_plan_action_uid UNIQUE (uid), 
	CONSTRAINT fk_plan_action_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_action_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE SET NULL, 
	CONSTRAINT fk_plan_action_strategy_id FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE SET NULL, 
	CONSTRAINT fk_plan_action_owner_id FOREIGN KEY(owner_id) REFERENCES actor (id) ON DELETE SET NULL
)
 STRICT;

CREATE INDEX ix_plan_action_account_id ON plan_action (account_id);

CREATE INDEX ix_plan_action_name_key ON plan_action (name_key);

CREATE INDEX ix_plan_action_opportunity_id ON plan_action (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_plan_action_owner_id ON plan_action (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX ix_plan_action_strategy_id ON plan_action (strategy_id) WHERE strategy_id IS NOT NULL;

CREATE TABLE contact_person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	contact_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT uq_contact_person_contact_id_person_id UNIQUE (contact_id, person_id), 
	CONSTRAINT uq_contact_person_uid UNIQUE (uid), 
	CONSTRAINT fk_contact_person_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_contact_person_person_id ON contact_person (person_id);

CREATE TABLE custom_value (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	account_id INTEGER, 
	person_id INTEGER, 
	opportunity_id INTEGER, 
	offering_id INTEGER, 
	contact_id INTEGER, 
	sales_order_id INTEGER, 
	competitor_id INTEGER, 
	actor_id INTEGER, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT ck_custom_value_name CHECK (name <> '' AND length(name) <= 500), 
	CONSTRAINT ck_custom_value_value CHECK (value = '' OR length(value) <= 200000), 
	CONSTRAINT ck_custom_value_source CHECK (source = '' OR length(source) <= 500), 
	CONSTRAINT ck_custom_value_rule_1 CHECK ((account_id IS NOT NULL) + (person_id IS NOT NULL) + (opportunity_id IS NOT NULL) + (offering_id IS NOT NULL) + (contact_id IS NOT NULL) + (sales_order_id IS NOT NULL) + (competitor_id IS NOT NULL) + (actor_id IS NOT NULL) = 1), 
	CONSTRAINT uq_custom_value_uid UNIQUE (uid), 
	CONSTRAINT fk_custom_value_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_competitor_id FOREIGN KEY(competitor_id) REFERENCES competitor (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_value_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id) ON DELETE CASCADE
)
 STRICT;

CREATE INDEX ix_custom_value_account_id ON custom_value (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX ix_custom_value_actor_id ON custom_value (actor_id) WHERE actor_id IS NOT NULL;

CREATE INDEX ix_custom_value_competitor_id ON custom_value (competitor_id) WHERE competitor_id IS NOT NULL;

CREATE INDEX ix_custom_value_contact_id ON custom_value (contact_id) WHERE contact_id IS NOT NULL;

CREATE INDEX ix_custom_value_name_key ON custom_value (name_key);

CREATE INDEX ix_custom_value_offering_id ON custom_value (offering_id) WHERE offering_id IS NOT NULL;

CREATE INDEX ix_custom_value_opportunity_id ON custom_value (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX ix_custom_value_person_id ON custom_value (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_custom_value_sales_order_id ON custom_value (sales_order_id) WHERE sales_order_id IS NOT NULL;
