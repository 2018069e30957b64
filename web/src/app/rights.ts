// The rights the pages ask about, in one place; the names are the server's.
export const rights = {
    write_library: 'library.write', publish_library: 'library.publish', manage_library: 'bank.library', manage_people: 'people.manage', manage_organisations: 'bank.organisations',
    write_organisation: 'organisation.write', read_audit: 'audit.read', manage_sample: 'bank.sample',
    run_matches: 'match.run', give_feedback: 'match.feedback', decide_weights: 'match.weights',
    manage_peers: 'bank.peers', edit_thesaurus: 'bank.thesaurus', assess: 'bank.assessment', disclose: 'library.disclose', verify: 'verification.perform',
    write_projects: 'projects.write', publish_projects: 'projects.publish', accept_milestones: 'projects.accept', see_projects: 'bank.projects',
    write_services: 'services.write', publish_services: 'services.publish', run_desk: 'bank.services',
    organise_events: 'events.organise', manage_events: 'bank.events',
    write_deals: 'deals.write', sign_deals: 'deals.sign', advise_deals: 'bank.deals',
    write_sites: 'energy.write', manage_devices: 'energy.devices', help_sites: 'bank.energy',
    write_finance: 'finance.write', sign_finance: 'finance.sign', run_finance: 'bank.finance',
    trade_carbon: 'market.trade', keep_registry: 'market.registry', issue_carbon: 'market.issue', run_exchange: 'market.run',
    read_ledger: 'ledger.read', write_ledger: 'ledger.write', approve_orders: 'ledger.approve',
    watch_energy: 'energy.watch', order_plant: 'energy.control',
    run_field: 'bank.field', run_chargers: 'energy.chargers',
    write_cities: 'cities.write', submit_cities: 'cities.submit', verify_cities: 'cities.verify', run_cities: 'bank.cities',
    write_carbon: 'carbon.write', submit_carbon: 'carbon.submit', verify_carbon: 'carbon.verify', see_carbon: 'bank.carbon',
} as const;
