// What parties stores: organisations, people, memberships, invitations, sessions, tokens, the audit trail.
#pragma once

#include "kernel/record.h"

namespace greenbank::parties {

enum class OrganisationKind { holder, enterprise, institute, bank, fund, insurer, guarantor, assessor, operator_, regulator, centre };

/// Roles inside an organisation (reader, editor, manager) and, in the bank's own centre, officer and administrator.
enum class Role { reader, editor, manager, officer, administrator };

struct Organisation {
    static constexpr std::string_view id_prefix = "org";
    Id<Organisation> id;
    Text name;
    OrganisationKind kind = OrganisationKind::enterprise;
    std::string country; // ISO 3166-1 alpha-2
    Text city;
    Text about;
    std::optional<std::string> credit_code; // 统一社会信用代码, GB 32100-2015
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Organisation*);

struct Person {
    static constexpr std::string_view id_prefix = "person";
    Id<Person> id;
    std::string email; // lower case
    std::string name;
    std::string language = "en";
    std::string password_hash;              // Argon2id, PHC string
    std::optional<std::string> totp_secret; // base32; with totp_confirmed the second factor is on
    bool totp_confirmed = false;
    std::int64_t totp_last_step = 0; // a code is good once
    std::string recovery_codes;      // hashes, separated by spaces
    bool disabled = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Person*);

struct Membership {
    static constexpr std::string_view id_prefix = "member";
    Id<Membership> id;
    Id<Person> person;
    Id<Organisation> organisation;
    Role role = Role::reader;
    Time created_at;
};
Record describe(const Membership*);

struct Invitation {
    static constexpr std::string_view id_prefix = "invite";
    Id<Invitation> id;
    Id<Organisation> organisation;
    std::string email;
    Role role = Role::reader;
    std::string token_hash;
    Id<Person> invited_by;
    Time created_at, expires_at;
    std::optional<Time> accepted_at;
};
Record describe(const Invitation*);

/// A signed-in browser. The cookie holds a secret; the database only its hash.
struct Session {
    static constexpr std::string_view id_prefix = "session";
    Id<Session> id;
    std::string token_hash;
    Id<Person> person;
    std::optional<Id<Organisation>> organisation;
    std::string address, agent;
    Time created_at, seen_at, expires_at;
};
Record describe(const Session*);

struct ApiToken {
    static constexpr std::string_view id_prefix = "token";
    Id<ApiToken> id;
    std::string name;
    std::string token_hash;
    Id<Person> person;
    std::optional<Id<Organisation>> organisation;
    std::vector<std::string> rights; // none named: all of the person's
    Time created_at, expires_at;
    std::optional<Time> used_at;
};
Record describe(const ApiToken*);

/// The one-time link for the first administrator (or for a lost password): only the hash is kept.
struct OneTimeLink {
    static constexpr std::string_view id_prefix = "link";
    Id<OneTimeLink> id;
    std::string purpose; // "first_administrator"
    std::string token_hash;
    Time created_at, expires_at;
    std::optional<Time> used_at;
};
Record describe(const OneTimeLink*);

struct AuditChange {
    std::string record, id;
    std::string before, after; // JSON; empty where there was or is none
};
Record describe(const AuditChange*);

struct AuditEntry {
    static constexpr std::string_view id_prefix = "audit";
    Id<AuditEntry> id;
    Time at;
    std::string person, person_name, organisation; // empty: nobody had signed in
    std::string address, agent;
    std::string operation;
    std::string record, record_id; // of the first change
    std::string outcome;           // "ok" or the error's code
    std::vector<AuditChange> changes;
};
Record describe(const AuditEntry*);

} // namespace greenbank::parties

template <> struct greenbank::Choices<greenbank::parties::OrganisationKind> {
    static constexpr std::string_view name = "organisation_kind";
    static constexpr std::string_view values[] = {
        "holder", "enterprise", "institute", "bank", "fund", "insurer", "guarantor", "assessor", "operator", "regulator", "centre"};
};
template <> struct greenbank::Choices<greenbank::parties::Role> {
    static constexpr std::string_view name = "role";
    static constexpr std::string_view values[] = {"reader", "editor", "manager", "officer", "administrator"};
};
