// The rights the pages ask about, in one place; the names are the server's.
export const rights = {
    write_library: 'library.write', publish_library: 'library.publish', manage_people: 'parties.manage', read_audit: 'parties.audit',
    see_jobs: 'jobs.read', run_bank: 'bank.run',
} as const;
