// Pages of the projects for the checks of every page.
export const open = ['/projects', '/projects/map', '/projects/project_sample_island_microgrid', '/milestones/milestone_sample_island_microgrid_1'];
export const inside = ['/projects/new', '/projects/project_sample_island_microgrid/appraisal', '/projects/project_sample_kazakhstan_boilers', '/milestones/milestone_sample_fiji_village_water_1'];
