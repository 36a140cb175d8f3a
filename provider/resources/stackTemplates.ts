/** The ids of the templates that resources of this stack are known to have. */
export class StackTemplates extends Set<number> {}
