export { ApiError, api } from './api.ts';
export { createQueryClient } from './queryClient.ts';
export { queryKeys } from './queryKeys.ts';
export { beginSession, endSession, regainSession, type SupabaseSettings, supabaseClient } from './signIn.ts';
export { useHealth } from './useHealth.ts';
