interface Parts {
  readonly meta?: readonly string[];
  readonly type?: string;
  readonly projects?: readonly string[];
  readonly votes?: readonly string[];
}

/** A small file, right but for the parts that are given. */
export const file = ({
  meta = [],
  type = 'approval',
  projects = ['project_id;cost', 'a;10', 'b;20'],
  votes = ['voter_id;vote', '1;a,b'],
}: Parts): string =>
  [
    'META',
    'key;value',
    'budget;100',
    `vote_type;${type}`,
    ...meta,
    'PROJECTS',
    ...projects,
    'VOTES',
    ...votes,
    '',
  ].join('\n');
