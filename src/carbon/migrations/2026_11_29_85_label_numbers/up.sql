CREATE TABLE label_number (
    year TEXT PRIMARY KEY NOT NULL,
    last BIGINT NOT NULL
);
INSERT INTO label_number SELECT SUBSTR(number, 5, 4), MAX(CAST(SUBSTR(number, 10, 6) AS BIGINT)) FROM carbon_label
    WHERE number LIKE 'CFP-____-______' AND number NOT LIKE 'CFP-____-S%' GROUP BY SUBSTR(number, 5, 4);
