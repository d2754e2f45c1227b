interface Named {
  readonly id: string;
  readonly name: string;
}

/** The name of a district group; those too small to be shown speak together. */
export function groupName(
  group: Named,
  t: (key: 'pooled', values: { names: string }) => string,
): string {
  return group.id === 'pooled' ? t('pooled', { names: group.name }) : group.name;
}
