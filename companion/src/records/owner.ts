/** Whose a record, a job or a session is where nobody else is known: the one person of this computer. */
export const LOCAL_OWNER = 'local';
