-- Clients may choose the ids of what they make: each is taken once.
CREATE UNIQUE INDEX token_id ON token (workspace, id);
CREATE UNIQUE INDEX invitation_id ON invitation (workspace, id);
