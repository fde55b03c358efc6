/** The tabs of the list of approvals, as its address names them. */
export const APPROVAL_TABS = ['mine', 'asked', 'all'] as const;
export type ApprovalTab = (typeof APPROVAL_TABS)[number];
