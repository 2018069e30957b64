// The rights the pages ask about, in one place; the names are the server's.
export const rights = {
    write_library: 'library.write', publish_library: 'library.publish', manage_library: 'bank.library', manage_people: 'people.manage', manage_organisations: 'bank.organisations',
    write_organisation: 'organisation.write', read_audit: 'audit.read', manage_sample: 'bank.sample',
    manage_peers: 'bank.peers', edit_thesaurus: 'bank.thesaurus', assess: 'bank.assessment', disclose: 'library.disclose', verify: 'verification.perform',
    write_deals: 'deals.write', sign_deals: 'deals.sign', advise_deals: 'bank.deals',
    read_ledger: 'ledger.read', write_ledger: 'ledger.write', approve_orders: 'ledger.approve',
} as const;
