PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (
        slice TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (slice, name));
INSERT INTO migration VALUES('api','2026_11_20_01_job',1795908315496963);
INSERT INTO migration VALUES('parties','2026_11_20_01_parties',1795908315520981);
INSERT INTO migration VALUES('library','2026_11_20_02_library',1795908315525208);
CREATE TABLE store_identity (id TEXT NOT NULL PRIMARY KEY);
INSERT INTO store_identity VALUES('081abf3b-65ac-42c8-ab88-f1828e449ad0');
CREATE TABLE store_lock (name TEXT NOT NULL PRIMARY KEY, fence BIGINT NOT NULL);
CREATE TABLE store_announcement (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, id TEXT NOT NULL, erased BOOLEAN NOT NULL);
INSERT INTO store_announcement VALUES(1,'organisation','org_01m8j7mbb0e7ha3yznesb9tnvb',0);
INSERT INTO store_announcement VALUES(2,'organisation','org_01m8j7mbjnevn90mzj48a36vfw',0);
INSERT INTO store_announcement VALUES(3,'technology','tech_01m8j7mbm8fqfsr717r1sfjpwy',0);
INSERT INTO store_announcement VALUES(4,'technology','tech_01m8j7mbpme9y9zpja46magye5',0);
INSERT INTO store_announcement VALUES(5,'need','need_01m8j7mbqnemmtmvzpetqv96t2',0);
INSERT INTO store_announcement VALUES(6,'capital_offer','cap_01m8j7mbrrfxmbp2sn4vfee5hm',0);
INSERT INTO store_announcement VALUES(7,'technology','tech_01m8j7mbm8fqfsr717r1sfjpwy',0);
INSERT INTO store_announcement VALUES(8,'technology','tech_01m8j7mbpme9y9zpja46magye5',0);
INSERT INTO store_announcement VALUES(9,'need','need_01m8j7mbqnemmtmvzpetqv96t2',0);
INSERT INTO store_announcement VALUES(10,'capital_offer','cap_01m8j7mbrrfxmbp2sn4vfee5hm',0);
INSERT INTO store_announcement VALUES(11,'technology','tech_01m8j7mbpme9y9zpja46magye5',0);
INSERT INTO store_announcement VALUES(12,'need','need_01m8j7mbqnemmtmvzpetqv96t2',0);
CREATE TABLE job (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    message TEXT NOT NULL,
    error TEXT,
    request TEXT NOT NULL,
    result TEXT,
    checkpoint TEXT NOT NULL,
    created_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    server TEXT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    cancel_requested BOOLEAN NOT NULL
);
CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE TABLE organisation (
    id TEXT PRIMARY KEY NOT NULL,
    name JSONB NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    city JSONB NOT NULL,
    about JSONB NOT NULL,
    credit_code TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO organisation VALUES('org_01m8j7mbb0e7ha3yznesb9tnvb','{"zh":"绿色技术银行","en":"Green Technology Bank","ru":"Банк зелёных технологий"}','centre','CN','{}','{}',NULL,0,1795908316512320,1795908316512320,1);
INSERT INTO organisation VALUES('org_01m8j7mbjnevn90mzj48a36vfw','{"zh":"海岛电力公司","en":"Island power company","ru":"Островная энергокомпания"}','enterprise','CN','{}','{}',NULL,0,1795908316757348,1795908316757348,1);
CREATE TABLE person (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT,
    totp_confirmed BOOLEAN NOT NULL,
    totp_last_step BIGINT NOT NULL,
    recovery_codes TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO person VALUES('person_01m8j7mbb0f9z9vnzs3g17weky','wang@bank.test','王立','zh','$argon2id$v=19$m=65536,t=2,p=1$eLpFLiLM2ScQCd8U5u0iPA$TZ1oJ0+Qx6iGAjLjRsFANF8lin7R3S8gp9qW9vktItE',NULL,0,0,'',0,1795908316512320,1795908316512320,1);
CREATE TABLE membership (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO membership VALUES('member_01m8j7mbb0e40tjd7pzhfffd77','person_01m8j7mbb0f9z9vnzs3g17weky','org_01m8j7mbb0e7ha3yznesb9tnvb','administrator',1795908316512320);
CREATE TABLE invitation (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT
);
CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO session VALUES('session_01m8j7mbb0fdes3fhcmq5405xc','f5e6262d3b08a8142d0ab2575629cef277c0ad2e24696cf192f9c62a7e2af82b','person_01m8j7mbb0f9z9vnzs3g17weky','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1',1795908316512320,1795908316512320,1795951516512320);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT,
    rights JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
INSERT INTO api_token VALUES('token_01m8j7mbzpen8byts14jjdqdbw','reporting','a78c571d004cc2a6653271d08ef6b22cf80daf4def5de43529e1e836a628d4b8','person_01m8j7mbb0f9z9vnzs3g17weky','org_01m8j7mbb0e7ha3yznesb9tnvb','[]',1795908317174131,1827444317174131,NULL);
CREATE TABLE one_time_link (
    id TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
INSERT INTO one_time_link VALUES('link_01m8j7mb7ce47rqwpwjax53w8w','first_administrator','5efc300c6eaadb14ba9133696ac37816ec2e1d29cc6a8865385c8666cbf7148c',1795908316396769,1796513116396769,1795908316512320);
CREATE TABLE sign_in_failure (
    key TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE TABLE audit_entry (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    operation TEXT NOT NULL,
    record TEXT NOT NULL,
    record_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    changes JSONB NOT NULL
);
INSERT INTO audit_entry VALUES('audit_01m8j7mbb0etcbeha0p3taw3hr',1795908316512320,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','setup','one_time_link','link_01m8j7mb7ce47rqwpwjax53w8w','ok','[{"record":"one_time_link","id":"link_01m8j7mb7ce47rqwpwjax53w8w","before":"{\"id\":\"link_01m8j7mb7ce47rqwpwjax53w8w\",\"purpose\":\"first_administrator\",\"created_at\":\"2026-11-28T23:25:16.396769Z\",\"expires_at\":\"2026-12-05T23:25:16.396769Z\"}","after":"{\"id\":\"link_01m8j7mb7ce47rqwpwjax53w8w\",\"purpose\":\"first_administrator\",\"created_at\":\"2026-11-28T23:25:16.396769Z\",\"expires_at\":\"2026-12-05T23:25:16.396769Z\",\"used_at\":\"2026-11-28T23:25:16.512320Z\"}"},{"record":"person","id":"person_01m8j7mbb0f9z9vnzs3g17weky","before":"","after":"{\"id\":\"person_01m8j7mbb0f9z9vnzs3g17weky\",\"email\":\"wang@bank.test\",\"name\":\"王立\",\"language\":\"zh\",\"totp_confirmed\":false,\"disabled\":false,\"created_at\":\"2026-11-28T23:25:16.512320Z\",\"updated_at\":\"2026-11-28T23:25:16.512320Z\",\"version\":1}"},{"record":"organisation","id":"org_01m8j7mbb0e7ha3yznesb9tnvb","before":"","after":"{\"id\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"name\":{\"zh\":\"绿色技术银行\",\"en\":\"Green Technology Bank\",\"ru\":\"Банк зелёных технологий\"},\"kind\":\"centre\",\"country\":\"CN\",\"city\":{},\"about\":{},\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.512320Z\",\"updated_at\":\"2026-11-28T23:25:16.512320Z\",\"version\":1}"},{"record":"membership","id":"member_01m8j7mbb0e40tjd7pzhfffd77","before":"","after":"{\"id\":\"member_01m8j7mbb0e40tjd7pzhfffd77\",\"person\":\"person_01m8j7mbb0f9z9vnzs3g17weky\",\"organisation\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"role\":\"administrator\",\"created_at\":\"2026-11-28T23:25:16.512320Z\"}"},{"record":"session","id":"session_01m8j7mbb0fdes3fhcmq5405xc","before":"","after":"{\"id\":\"session_01m8j7mbb0fdes3fhcmq5405xc\",\"person\":\"person_01m8j7mbb0f9z9vnzs3g17weky\",\"organisation\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"address\":\"127.0.0.1\",\"agent\":\"curl/7.88.1\",\"created_at\":\"2026-11-28T23:25:16.512320Z\",\"seen_at\":\"2026-11-28T23:25:16.512320Z\",\"expires_at\":\"2026-11-29T11:25:16.512320Z\"}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbjneyn84xthcse4shxj',1795908316757348,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','organisation_create','organisation','org_01m8j7mbjnevn90mzj48a36vfw','ok','[{"record":"organisation","id":"org_01m8j7mbjnevn90mzj48a36vfw","before":"","after":"{\"id\":\"org_01m8j7mbjnevn90mzj48a36vfw\",\"name\":{\"zh\":\"海岛电力公司\",\"en\":\"Island power company\",\"ru\":\"Островная энергокомпания\"},\"kind\":\"enterprise\",\"country\":\"CN\",\"city\":{},\"about\":{},\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.757348Z\",\"updated_at\":\"2026-11-28T23:25:16.757348Z\",\"version\":1}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbm8ewss2wggdq61n86t',1795908316808345,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','technology_create','technology','tech_01m8j7mbm8fqfsr717r1sfjpwy','ok','[{"record":"technology","id":"tech_01m8j7mbm8fqfsr717r1sfjpwy","before":"","after":"{\"id\":\"tech_01m8j7mbm8fqfsr717r1sfjpwy\",\"title\":{\"zh\":\"高温工业热泵\",\"en\":\"High-temperature industrial heat pump\",\"ru\":\"Высокотемпературный тепловой насос\"},\"summary\":{\"zh\":\"利用余热提供120摄氏度热水。\",\"en\":\"Water of 120 degrees from waste heat.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"readiness\":{\"scale\":\"gbt22900\",\"level\":8},\"figures\":[{\"indicator\":\"cop\",\"low\":2.4,\"high\":3.1,\"unit\":\"1\",\"source\":\"Test stand, 2025\",\"status\":\"holder\"}],\"capacity_min\":{\"value\":200,\"unit\":\"kW\"},\"capacity_max\":{\"value\":2000,\"unit\":\"kW\"},\"capital_cost\":{\"amount\":\"4200.00\",\"currency\":\"CNY\"},\"capital_cost_per\":\"kW\",\"territories\":[\"CN\",\"KZ\"],\"cooperation\":[\"licence\",\"sale\"],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[\"热泵\"],\"en\":[\"heat pump\"],\"ru\":[\"тепловой насос\"]},\"origin\":\"CN\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.808345Z\",\"updated_at\":\"2026-11-28T23:25:16.808345Z\",\"version\":1}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbpmepprw0b38d5n1bw1',1795908316884940,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','technology_create','technology','tech_01m8j7mbpme9y9zpja46magye5','ok','[{"record":"technology","id":"tech_01m8j7mbpme9y9zpja46magye5","before":"","after":"{\"id\":\"tech_01m8j7mbpme9y9zpja46magye5\",\"title\":{\"en\":\"Withdrawn kiln\"},\"summary\":{\"en\":\"A kiln.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"air\",\"classes\":[],\"readiness\":{\"scale\":\"gbt22900\",\"level\":5},\"figures\":[],\"territories\":[\"WORLD\"],\"cooperation\":[],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"origin\":\"CN\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.884940Z\",\"updated_at\":\"2026-11-28T23:25:16.884940Z\",\"version\":1}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbqnfqwbqt87vf06d2fz',1795908316917555,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','need_create','need','need_01m8j7mbqnemmtmvzpetqv96t2','ok','[{"record":"need","id":"need_01m8j7mbqnemmtmvzpetqv96t2","before":"","after":"{\"id\":\"need_01m8j7mbqnemmtmvzpetqv96t2\",\"title\":{\"zh\":\"乳品厂热泵\",\"en\":\"A heat pump for a dairy\",\"ru\":\"Тепловой насос для молочного завода\"},\"summary\":{},\"description\":{},\"owner\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"requirements\":[{\"indicator\":\"cop\",\"comparison\":\"at_least\",\"value\":2.2,\"unit\":\"1\",\"hard\":true}],\"capacity\":{\"value\":1500,\"unit\":\"kW\"},\"budget\":{\"amount\":\"9000000.00\",\"currency\":\"CNY\"},\"readiness_min\":{\"scale\":\"gbt22900\",\"level\":8},\"country\":\"CN\",\"place\":{},\"required_traits\":[],\"excluded_traits\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"deadline\":\"2027-10-31\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.917555Z\",\"updated_at\":\"2026-11-28T23:25:16.917555Z\",\"version\":1}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbrre7srhg86w68w6npz',1795908316952845,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','capital_offer_create','capital_offer','cap_01m8j7mbrrfxmbp2sn4vfee5hm','ok','[{"record":"capital_offer","id":"cap_01m8j7mbrrfxmbp2sn4vfee5hm","before":"","after":"{\"id\":\"cap_01m8j7mbrrfxmbp2sn4vfee5hm\",\"title\":{\"en\":\"A loan for clean heat\"},\"summary\":{\"en\":\"Ten years.\"},\"provider\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"kind\":\"loan\",\"rate\":{},\"countries\":[\"CN\"],\"fields\":[],\"classes\":[],\"stages\":[],\"collateral\":[],\"conditions\":{},\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.952845Z\",\"updated_at\":\"2026-11-28T23:25:16.952845Z\",\"version\":1}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbsyfrpvb6hzcj51w8vb',1795908316990427,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','technology_publish','technology','tech_01m8j7mbm8fqfsr717r1sfjpwy','ok','[{"record":"technology","id":"tech_01m8j7mbm8fqfsr717r1sfjpwy","before":"{\"id\":\"tech_01m8j7mbm8fqfsr717r1sfjpwy\",\"title\":{\"zh\":\"高温工业热泵\",\"en\":\"High-temperature industrial heat pump\",\"ru\":\"Высокотемпературный тепловой насос\"},\"summary\":{\"zh\":\"利用余热提供120摄氏度热水。\",\"en\":\"Water of 120 degrees from waste heat.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"readiness\":{\"scale\":\"gbt22900\",\"level\":8},\"figures\":[{\"indicator\":\"cop\",\"low\":2.4,\"high\":3.1,\"unit\":\"1\",\"source\":\"Test stand, 2025\",\"status\":\"holder\"}],\"capacity_min\":{\"value\":200,\"unit\":\"kW\"},\"capacity_max\":{\"value\":2000,\"unit\":\"kW\"},\"capital_cost\":{\"amount\":\"4200.00\",\"currency\":\"CNY\"},\"capital_cost_per\":\"kW\",\"territories\":[\"CN\",\"KZ\"],\"cooperation\":[\"licence\",\"sale\"],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[\"热泵\"],\"en\":[\"heat pump\"],\"ru\":[\"тепловой насос\"]},\"origin\":\"CN\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.808345Z\",\"updated_at\":\"2026-11-28T23:25:16.808345Z\",\"version\":1}","after":"{\"id\":\"tech_01m8j7mbm8fqfsr717r1sfjpwy\",\"title\":{\"zh\":\"高温工业热泵\",\"en\":\"High-temperature industrial heat pump\",\"ru\":\"Высокотемпературный тепловой насос\"},\"summary\":{\"zh\":\"利用余热提供120摄氏度热水。\",\"en\":\"Water of 120 degrees from waste heat.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"readiness\":{\"scale\":\"gbt22900\",\"level\":8},\"figures\":[{\"indicator\":\"cop\",\"low\":2.4,\"high\":3.1,\"unit\":\"1\",\"source\":\"Test stand, 2025\",\"status\":\"holder\"}],\"capacity_min\":{\"value\":200,\"unit\":\"kW\"},\"capacity_max\":{\"value\":2000,\"unit\":\"kW\"},\"capital_cost\":{\"amount\":\"4200.00\",\"currency\":\"CNY\"},\"capital_cost_per\":\"kW\",\"territories\":[\"CN\",\"KZ\"],\"cooperation\":[\"licence\",\"sale\"],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[\"热泵\"],\"en\":[\"heat pump\"],\"ru\":[\"тепловой насос\"]},\"origin\":\"CN\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.808345Z\",\"updated_at\":\"2026-11-28T23:25:16.990427Z\",\"version\":2}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbtwf258vb470nyj8j75',1795908317020418,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','technology_publish','technology','tech_01m8j7mbpme9y9zpja46magye5','ok','[{"record":"technology","id":"tech_01m8j7mbpme9y9zpja46magye5","before":"{\"id\":\"tech_01m8j7mbpme9y9zpja46magye5\",\"title\":{\"en\":\"Withdrawn kiln\"},\"summary\":{\"en\":\"A kiln.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"air\",\"classes\":[],\"readiness\":{\"scale\":\"gbt22900\",\"level\":5},\"figures\":[],\"territories\":[\"WORLD\"],\"cooperation\":[],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"origin\":\"CN\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.884940Z\",\"updated_at\":\"2026-11-28T23:25:16.884940Z\",\"version\":1}","after":"{\"id\":\"tech_01m8j7mbpme9y9zpja46magye5\",\"title\":{\"en\":\"Withdrawn kiln\"},\"summary\":{\"en\":\"A kiln.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"air\",\"classes\":[],\"readiness\":{\"scale\":\"gbt22900\",\"level\":5},\"figures\":[],\"territories\":[\"WORLD\"],\"cooperation\":[],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"origin\":\"CN\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.884940Z\",\"updated_at\":\"2026-11-28T23:25:17.020418Z\",\"version\":2}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbvwesaszav436yxrfbw',1795908317052322,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','need_publish','need','need_01m8j7mbqnemmtmvzpetqv96t2','ok','[{"record":"need","id":"need_01m8j7mbqnemmtmvzpetqv96t2","before":"{\"id\":\"need_01m8j7mbqnemmtmvzpetqv96t2\",\"title\":{\"zh\":\"乳品厂热泵\",\"en\":\"A heat pump for a dairy\",\"ru\":\"Тепловой насос для молочного завода\"},\"summary\":{},\"description\":{},\"owner\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"requirements\":[{\"indicator\":\"cop\",\"comparison\":\"at_least\",\"value\":2.2,\"unit\":\"1\",\"hard\":true}],\"capacity\":{\"value\":1500,\"unit\":\"kW\"},\"budget\":{\"amount\":\"9000000.00\",\"currency\":\"CNY\"},\"readiness_min\":{\"scale\":\"gbt22900\",\"level\":8},\"country\":\"CN\",\"place\":{},\"required_traits\":[],\"excluded_traits\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"deadline\":\"2027-10-31\",\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.917555Z\",\"updated_at\":\"2026-11-28T23:25:16.917555Z\",\"version\":1}","after":"{\"id\":\"need_01m8j7mbqnemmtmvzpetqv96t2\",\"title\":{\"zh\":\"乳品厂热泵\",\"en\":\"A heat pump for a dairy\",\"ru\":\"Тепловой насос для молочного завода\"},\"summary\":{},\"description\":{},\"owner\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"requirements\":[{\"indicator\":\"cop\",\"comparison\":\"at_least\",\"value\":2.2,\"unit\":\"1\",\"hard\":true}],\"capacity\":{\"value\":1500,\"unit\":\"kW\"},\"budget\":{\"amount\":\"9000000.00\",\"currency\":\"CNY\"},\"readiness_min\":{\"scale\":\"gbt22900\",\"level\":8},\"country\":\"CN\",\"place\":{},\"required_traits\":[],\"excluded_traits\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"deadline\":\"2027-10-31\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.917555Z\",\"updated_at\":\"2026-11-28T23:25:17.052322Z\",\"version\":2}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbwvebc9435gn777dqy0',1795908317083530,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','capital_offer_publish','capital_offer','cap_01m8j7mbrrfxmbp2sn4vfee5hm','ok','[{"record":"capital_offer","id":"cap_01m8j7mbrrfxmbp2sn4vfee5hm","before":"{\"id\":\"cap_01m8j7mbrrfxmbp2sn4vfee5hm\",\"title\":{\"en\":\"A loan for clean heat\"},\"summary\":{\"en\":\"Ten years.\"},\"provider\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"kind\":\"loan\",\"rate\":{},\"countries\":[\"CN\"],\"fields\":[],\"classes\":[],\"stages\":[],\"collateral\":[],\"conditions\":{},\"state\":\"draft\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.952845Z\",\"updated_at\":\"2026-11-28T23:25:16.952845Z\",\"version\":1}","after":"{\"id\":\"cap_01m8j7mbrrfxmbp2sn4vfee5hm\",\"title\":{\"en\":\"A loan for clean heat\"},\"summary\":{\"en\":\"Ten years.\"},\"provider\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"kind\":\"loan\",\"rate\":{},\"countries\":[\"CN\"],\"fields\":[],\"classes\":[],\"stages\":[],\"collateral\":[],\"conditions\":{},\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.952845Z\",\"updated_at\":\"2026-11-28T23:25:17.083530Z\",\"version\":2}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbxmf09sqtr3b66b9nye',1795908317108290,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','technology_withdraw','technology','tech_01m8j7mbpme9y9zpja46magye5','ok','[{"record":"technology","id":"tech_01m8j7mbpme9y9zpja46magye5","before":"{\"id\":\"tech_01m8j7mbpme9y9zpja46magye5\",\"title\":{\"en\":\"Withdrawn kiln\"},\"summary\":{\"en\":\"A kiln.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"air\",\"classes\":[],\"readiness\":{\"scale\":\"gbt22900\",\"level\":5},\"figures\":[],\"territories\":[\"WORLD\"],\"cooperation\":[],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"origin\":\"CN\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.884940Z\",\"updated_at\":\"2026-11-28T23:25:17.020418Z\",\"version\":2}","after":"{\"id\":\"tech_01m8j7mbpme9y9zpja46magye5\",\"title\":{\"en\":\"Withdrawn kiln\"},\"summary\":{\"en\":\"A kiln.\"},\"description\":{},\"holder\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"air\",\"classes\":[],\"readiness\":{\"scale\":\"gbt22900\",\"level\":5},\"figures\":[],\"territories\":[\"WORLD\"],\"cooperation\":[],\"traits\":[],\"evidence\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"origin\":\"CN\",\"state\":\"withdrawn\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.884940Z\",\"updated_at\":\"2026-11-28T23:25:17.108290Z\",\"version\":3}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbyrf8mvgynqbgkgtcc2',1795908317144346,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','need_update','need','need_01m8j7mbqnemmtmvzpetqv96t2','ok','[{"record":"need","id":"need_01m8j7mbqnemmtmvzpetqv96t2","before":"{\"id\":\"need_01m8j7mbqnemmtmvzpetqv96t2\",\"title\":{\"zh\":\"乳品厂热泵\",\"en\":\"A heat pump for a dairy\",\"ru\":\"Тепловой насос для молочного завода\"},\"summary\":{},\"description\":{},\"owner\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"requirements\":[{\"indicator\":\"cop\",\"comparison\":\"at_least\",\"value\":2.2,\"unit\":\"1\",\"hard\":true}],\"capacity\":{\"value\":1500,\"unit\":\"kW\"},\"budget\":{\"amount\":\"9000000.00\",\"currency\":\"CNY\"},\"readiness_min\":{\"scale\":\"gbt22900\",\"level\":8},\"country\":\"CN\",\"place\":{},\"required_traits\":[],\"excluded_traits\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"deadline\":\"2027-10-31\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.917555Z\",\"updated_at\":\"2026-11-28T23:25:17.052322Z\",\"version\":2}","after":"{\"id\":\"need_01m8j7mbqnemmtmvzpetqv96t2\",\"title\":{\"zh\":\"乳品厂热泵\",\"en\":\"A heat pump for a dairy\",\"ru\":\"Тепловой насос для молочного завода\"},\"summary\":{\"en\":\"Steam of 1.5 MW.\"},\"description\":{},\"owner\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"field\":\"energy_carbon\",\"classes\":[\"1.1.2.3\"],\"requirements\":[{\"indicator\":\"cop\",\"comparison\":\"at_least\",\"value\":2.2,\"unit\":\"1\",\"hard\":true}],\"capacity\":{\"value\":1500,\"unit\":\"kW\"},\"budget\":{\"amount\":\"9000000.00\",\"currency\":\"CNY\"},\"readiness_min\":{\"scale\":\"gbt22900\",\"level\":8},\"country\":\"CN\",\"place\":{},\"required_traits\":[],\"excluded_traits\":[],\"keywords\":{\"zh\":[],\"en\":[],\"ru\":[]},\"deadline\":\"2027-10-31\",\"state\":\"published\",\"sample\":false,\"created_at\":\"2026-11-28T23:25:16.917555Z\",\"updated_at\":\"2026-11-28T23:25:17.144346Z\",\"version\":3}"}]');
INSERT INTO audit_entry VALUES('audit_01m8j7mbzpe1m9swtg3rfk6xh0',1795908317174131,'person_01m8j7mbb0f9z9vnzs3g17weky','王立','org_01m8j7mbb0e7ha3yznesb9tnvb','127.0.0.1','curl/7.88.1','token_create','api_token','token_01m8j7mbzpen8byts14jjdqdbw','ok','[{"record":"api_token","id":"token_01m8j7mbzpen8byts14jjdqdbw","before":"","after":"{\"id\":\"token_01m8j7mbzpen8byts14jjdqdbw\",\"name\":\"reporting\",\"person\":\"person_01m8j7mbb0f9z9vnzs3g17weky\",\"organisation\":\"org_01m8j7mbb0e7ha3yznesb9tnvb\",\"rights\":[],\"created_at\":\"2026-11-28T23:25:17.174131Z\",\"expires_at\":\"2027-11-28T23:25:17.174131Z\"}"}]');
CREATE TABLE technology (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    description JSONB NOT NULL,
    holder TEXT,
    field TEXT NOT NULL,
    classes JSONB NOT NULL,
    readiness JSONB NOT NULL,
    figures JSONB NOT NULL,
    capacity_min_value DOUBLE PRECISION,
    capacity_min_unit TEXT,
    capacity_max_value DOUBLE PRECISION,
    capacity_max_unit TEXT,
    capital_cost_amount BIGINT,
    capital_cost_currency TEXT,
    capital_cost_per TEXT,
    operating_cost_amount BIGINT,
    operating_cost_currency TEXT,
    operating_cost_per TEXT,
    territories JSONB NOT NULL,
    cooperation JSONB NOT NULL,
    traits JSONB NOT NULL,
    evidence JSONB NOT NULL,
    keywords JSONB NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO technology VALUES('tech_01m8j7mbm8fqfsr717r1sfjpwy','{"zh":"高温工业热泵","en":"High-temperature industrial heat pump","ru":"Высокотемпературный тепловой насос"}','{"zh":"利用余热提供120摄氏度热水。","en":"Water of 120 degrees from waste heat."}','{}','org_01m8j7mbb0e7ha3yznesb9tnvb','energy_carbon','["1.1.2.3"]','{"scale":"gbt22900","level":8}','[{"indicator":"cop","low":2.4,"high":3.1,"unit":"1","source":"Test stand, 2025","status":"holder"}]',200.0,'kW',2000.0,'kW',420000,'CNY','kW',NULL,NULL,NULL,'["CN","KZ"]','["licence","sale"]','[]','[]','{"zh":["热泵"],"en":["heat pump"],"ru":["тепловой насос"]}','CN','published',0,1795908316808345,1795908316990427,2);
INSERT INTO technology VALUES('tech_01m8j7mbpme9y9zpja46magye5','{"en":"Withdrawn kiln"}','{"en":"A kiln."}','{}','org_01m8j7mbb0e7ha3yznesb9tnvb','air','[]','{"scale":"gbt22900","level":5}','[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'["WORLD"]','[]','[]','[]','{"zh":[],"en":[],"ru":[]}','CN','withdrawn',0,1795908316884940,1795908317108290,3);
CREATE TABLE need (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    description JSONB NOT NULL,
    owner TEXT,
    field TEXT NOT NULL,
    classes JSONB NOT NULL,
    requirements JSONB NOT NULL,
    capacity_value DOUBLE PRECISION,
    capacity_unit TEXT,
    budget_amount BIGINT,
    budget_currency TEXT,
    readiness_min JSONB,
    country TEXT NOT NULL,
    place JSONB NOT NULL,
    required_traits JSONB NOT NULL,
    excluded_traits JSONB NOT NULL,
    evidence_min BIGINT,
    keywords JSONB NOT NULL,
    deadline TEXT,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO need VALUES('need_01m8j7mbqnemmtmvzpetqv96t2','{"zh":"乳品厂热泵","en":"A heat pump for a dairy","ru":"Тепловой насос для молочного завода"}','{"en":"Steam of 1.5 MW."}','{}','org_01m8j7mbb0e7ha3yznesb9tnvb','energy_carbon','["1.1.2.3"]','[{"indicator":"cop","comparison":"at_least","value":2.2,"unit":"1","hard":true}]',1500.0,'kW',900000000,'CNY','{"scale":"gbt22900","level":8}','CN','{}','[]','[]',NULL,'{"zh":[],"en":[],"ru":[]}','2027-10-31','published',0,1795908316917555,1795908317144346,3);
CREATE TABLE capital_offer (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    provider TEXT,
    kind TEXT NOT NULL,
    amount_min_amount BIGINT,
    amount_min_currency TEXT,
    amount_max_amount BIGINT,
    amount_max_currency TEXT,
    tenor_min BIGINT,
    tenor_max BIGINT,
    rate JSONB NOT NULL,
    countries JSONB NOT NULL,
    fields JSONB NOT NULL,
    classes JSONB NOT NULL,
    stages JSONB NOT NULL,
    collateral JSONB NOT NULL,
    conditions JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO capital_offer VALUES('cap_01m8j7mbrrfxmbp2sn4vfee5hm','{"en":"A loan for clean heat"}','{"en":"Ten years."}','org_01m8j7mbb0e7ha3yznesb9tnvb','loan',NULL,NULL,NULL,NULL,NULL,NULL,'{}','["CN"]','[]','[]','[]','[]','{}','published',0,1795908316952845,1795908317083530,2);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('store_announcement',12);
CREATE INDEX job_state ON job (state, created_at);
CREATE INDEX idempotency_created_at ON idempotency (created_at);
CREATE INDEX organisation_credit_code ON organisation (credit_code);
CREATE UNIQUE INDEX person_email ON person (email);
CREATE UNIQUE INDEX membership_person_organisation ON membership (person, organisation);
CREATE INDEX membership_organisation ON membership (organisation);
CREATE UNIQUE INDEX invitation_token_hash ON invitation (token_hash);
CREATE UNIQUE INDEX session_token_hash ON session (token_hash);
CREATE INDEX session_person ON session (person);
CREATE UNIQUE INDEX api_token_token_hash ON api_token (token_hash);
CREATE INDEX api_token_person ON api_token (person);
CREATE UNIQUE INDEX one_time_link_token_hash ON one_time_link (token_hash);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_record ON audit_entry (record, record_id);
CREATE INDEX audit_entry_person ON audit_entry (person, at);
CREATE INDEX technology_field ON technology (field, state);
CREATE INDEX technology_holder ON technology (holder);
CREATE INDEX need_field ON need (field, state);
CREATE INDEX need_owner ON need (owner);
CREATE INDEX capital_offer_kind ON capital_offer (kind, state);
CREATE INDEX capital_offer_provider ON capital_offer (provider);
COMMIT;
