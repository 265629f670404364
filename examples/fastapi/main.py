"""Notes beside Taskbridge's tasks: another back end, another database, the same token."""

import os
import sqlite3
from contextlib import closing

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

from taskbridge import User, path_user

DATABASE = os.environ.get("NOTES_DATABASE", "notes.sqlite3")
app = FastAPI(title="Notes")


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(DATABASE)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, text TEXT NOT NULL)"
    )
    return connection


class NewNote(BaseModel):
    text: str = Field(min_length=1, max_length=1000)


# The owner comes from the verified token, never from the path or the body, and stands in every query.


@app.get("/api/{user_id}/notes")
def list_notes(user: User = Depends(path_user)) -> list[dict]:
    with closing(connect()) as connection:
        rows = connection.execute("SELECT id, text FROM note WHERE user_id = ? ORDER BY id", (user.id,))
        return [{"id": id, "text": text} for id, text in rows]


@app.post("/api/{user_id}/notes", status_code=201)
def add_note(note: NewNote, user: User = Depends(path_user)) -> dict:
    with closing(connect()) as connection, connection:
        row = connection.execute("INSERT INTO note (user_id, text) VALUES (?, ?)", (user.id, note.text))
        return {"id": row.lastrowid, "text": note.text}
