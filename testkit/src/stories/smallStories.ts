/** Has the stub tell stories of three scenelets with one shot each, which are made in a second. */
export const SMALL_STORIES = { STUB_SCENELETS: '3', STUB_SHOTS_PER_SCENELET: '1', STUB_BRANCHING: '2' };
