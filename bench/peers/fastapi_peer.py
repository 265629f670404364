"""The same service in Python: FastAPI, PyJWT and asyncpg, one process under uvicorn."""

import base64
import os
import uuid
from datetime import date, datetime
from typing import Annotated

import asyncpg
import jwt
import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

KEY = base64.urlsafe_b64decode(os.environ["BRIDGE_KEY"] + "=")
PRIORITIES = ["none", "low", "medium", "high"]
COLUMNS = '"id", "title", "notes", "completedAt", "dueDate", "priority", "tags", "version", "createdAt", "updatedAt"'
OWN = '"userId" = $1 AND "deletedAt" IS NULL'


class Task(BaseModel):
    id: uuid.UUID
    title: str
    notes: str
    completed: bool
    completedAt: datetime | None
    dueDate: date | None
    priority: str
    tags: list[str]
    version: int
    createdAt: datetime
    updatedAt: datetime


class Page(BaseModel):
    items: list[Task]
    nextCursor: str | None


class Title(BaseModel):
    title: str = Field(min_length=1, max_length=200)


app = FastAPI()


# Not by `lifespan`, which Debian's FastAPI (0.92) does not know yet.
@app.on_event("startup")
async def open_pool():
    # A socket's directory stands in the query, and asyncpg would prefer the host.
    url = os.environ["DATABASE_URL"].replace("@localhost/", "@/")
    app.state.pool = await asyncpg.create_pool(url, max_size=10)
    print("ready", flush=True)


async def owner(user: str, authorization: Annotated[str, Header()] = "") -> str:
    try:
        claims = jwt.decode(
            authorization.removeprefix("Bearer "),
            KEY,
            algorithms=["HS256"],
            issuer=os.environ["ISSUER"],
            audience=os.environ["AUDIENCE"],
        )
    except jwt.PyJWTError as error:
        raise HTTPException(401) from error
    if claims["sub"] != user:
        raise HTTPException(403)
    return user


Owner = Annotated[str, Depends(owner)]


def to_task(row) -> dict:
    if row is None:
        raise HTTPException(404)
    return {**row, "completed": row["completedAt"] is not None, "priority": PRIORITIES[row["priority"]]}


@app.get("/api/{user}/tasks")
async def list_tasks(user: Owner) -> Page:
    rows = await app.state.pool.fetch(
        f'SELECT {COLUMNS} FROM "task" WHERE {OWN} ORDER BY "createdAt" DESC, "id" DESC LIMIT 21', user
    )
    return {"items": [to_task(row) for row in rows[:20]], "nextCursor": str(rows[19]["id"]) if len(rows) > 20 else None}


@app.get("/api/{user}/tasks/{id}")
async def get_task(user: Owner, id: uuid.UUID) -> Task:
    return to_task(await app.state.pool.fetchrow(f'SELECT {COLUMNS} FROM "task" WHERE {OWN} AND "id" = $2', user, id))


@app.post("/api/{user}/tasks", status_code=201)
async def create_task(user: Owner, body: Title) -> Task:
    statement = f"""INSERT INTO "task" ("id", "userId", "title", "titleKey", "searchTitle")
        VALUES ($1, $2, $3, lower($3), lower($3)) RETURNING {COLUMNS}"""
    return to_task(await app.state.pool.fetchrow(statement, uuid.uuid4(), user, body.title))


@app.patch("/api/{user}/tasks/{id}")
async def rename_task(user: Owner, id: uuid.UUID, body: Title) -> Task:
    statement = f"""UPDATE "task" SET "title" = $3, "titleKey" = lower($3), "searchTitle" = lower($3),
        "version" = "version" + 1, "updatedAt" = now() WHERE {OWN} AND "id" = $2 RETURNING {COLUMNS}"""
    return to_task(await app.state.pool.fetchrow(statement, user, id, body.title))


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
