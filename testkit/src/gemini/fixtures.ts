/** A JPEG of 32 × 18 pixels: some image models send nothing else. */
export const JPEG = Buffer.from(
  '/9j/2wBDABQUFBQVFBcZGRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////2wBDARQUFBQVFBcZ' +
    'GRcfIh4iHy4rJycrLkYyNjI2MkZqQk5CQk5Cal5yXVZdcl6phXZ2hanDpJukw+zT0+z/////////wgARCAASACADASIAAhEBAxEB/8QAFwABAQEB' +
    'AAAAAAAAAAAAAAAAAwACBf/EABcBAQADAAAAAAAAAAAAAAAAAAMBAgX/2gAMAwEAAhADEAAAAOZtEaxomzIUqNNEoy//xAAWEAEBAQAAAAAAAAAA' +
    'AAAAAAAAAQL/2gAIAQEAAT8AmUymUymUymUyiIj/xAAWEQEBAQAAAAAAAAAAAAAAAAAAAQL/2gAIAQIBAT8Aul0qv//EABYRAQEBAAAAAAAAAAAA' +
    'AAAAAAABA//aAAgBAwEBPwC4Lgqv/9k=',
  'base64',
);

/** Not an image, whatever its name says. */
export const GARBAGE = Buffer.from('this is not an image at all, it only says so');

/** The first bytes of an MP3 file. */
export const MP3 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64]);
