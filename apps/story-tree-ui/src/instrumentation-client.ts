import { config } from 'zod';

// Runs before anything else of a page. Zod would see whether it may make functions from text, and pages may not.
config({ jitless: true });
