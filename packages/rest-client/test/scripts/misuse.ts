// Every line that ends in `wrong` must fail the type check, and no other.
import { connect } from "./use.ts";

const client = connect("http://localhost:3000", "token");
const all = { path: { user_id: "u" } };
const one = { path: { user_id: "u", id: "i" } };
const create = "/api/{user_id}/tasks";

await client.POST(create, { params: all, body: { title: "Good" } });
await client.POST(create, { params: all, body: {} }); // wrong
await client.POST(create, { params: all, body: { title: 1 } }); // wrong
await client.POST(create, { params: all, body: { title: "x", priority: "urgent" } }); // wrong
await client.POST(create, { params: {}, body: { title: "x" } }); // wrong
await client.PUT("/api/{user_id}/tasks/{id}", { params: one, body: { title: "x" } }); // wrong
await client.GET("/api/{user_id}/notes", { params: all }); // wrong
await client.PUT(create, { params: all }); // wrong
const query = { sort: "colour" as const };
await client.GET(create, { params: { ...all, query } }); // wrong
const { data, error } = await client.GET("/api/{user_id}/tasks/{id}", { params: one });
data?.title.trim();
data?.owner; // wrong
data.title; // wrong
if (error?.code === "task_not_found") error.detail.trim();
if (error?.code === "task_lost") error.detail.trim(); // wrong
