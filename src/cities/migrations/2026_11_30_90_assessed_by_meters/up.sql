ALTER TABLE carbon_assessment ADD COLUMN target TEXT;
ALTER TABLE carbon_assessment ADD COLUMN kg_channel TEXT;
ALTER TABLE carbon_assessment ADD COLUMN output_channel TEXT;
ALTER TABLE carbon_assessment ADD COLUMN measured_evidence TEXT;
ALTER TABLE city_index ADD COLUMN before TEXT;
