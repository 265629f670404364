import { expect, type Locator, type Page } from "@playwright/test";
import { addTask, atWork, inEnglish as t, tick } from "../people.ts";

/** A part of a page that is loaded when it is asked for. */
interface LatePart {
  name: string;
  path: string;
  ready: (page: Page) => Promise<void>;
  open: (page: Page) => Promise<unknown>;
  opened: (page: Page) => Locator;
  /** What is on the page beside it. */
  stays: string;
  /** What is said of it where its files fail, if it is something of its own. */
  says?: string;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The task page has a task with the title "Milk". */
const onTasks = {
  path: "/tasks",
  stays: "Milk",
  ready: async (page: Page) => {
    await atWork(page);
    await expect(tick(page, "Milk")).toBeVisible();
  },
};

const choose = async (page: Page) => {
  await tick(page, "Milk").focus();
  await page.keyboard.press("x");
};

export const parts: LatePart[] = [
  {
    ...onTasks,
    name: "the editor",
    open: (page) => button(page, t("tasks.edit", { title: "Milk" })).click(),
    opened: (page) => page.getByRole("textbox", { name: t("field.title") }),
  },
  {
    ...onTasks,
    name: "the palette",
    open: (page) => page.keyboard.press("Control+k"),
    opened: (page) => page.getByPlaceholder(t("palette.placeholder")),
  },
  {
    ...onTasks,
    name: "the list of keys",
    open: (page) => page.keyboard.press("?"),
    opened: (page) => page.getByRole("dialog", { name: t("keys.title") }),
  },
  {
    ...onTasks,
    name: "the menu of commands",
    open: (page) => button(page, t("menu.more")).click(),
    opened: (page) => page.getByRole("menuitem", { name: t("transfer.import") }),
  },
  {
    ...onTasks,
    name: "the dialog for a tag",
    open: async (page) => {
      await choose(page);
      await button(page, t("bulk.tag")).click();
    },
    opened: (page) => page.getByRole("dialog", { name: t("bulk.tagTitle") }),
  },
  {
    ...onTasks,
    name: "the messages",
    says: t("loading.messageFailed"),
    stays: t("quickAdd.help"),
    ready: async (page) => {
      await atWork(page);
      if (!(await tick(page, "Milk").isVisible())) await addTask(page, "Milk");
    },
    open: async (page) => {
      await tick(page, "Milk").focus();
      await page.keyboard.press("Delete");
    },
    opened: (page) => page.getByRole("region", { name: t("toast.region") }).getByText(/Milk/),
  },
  {
    ...onTasks,
    name: "the account's menu",
    open: (page) => button(page, t("account.menu", { name: "Ada" })).click(),
    opened: (page) => page.getByRole("menuitem", { name: t("account.signOut") }),
  },
  {
    name: "the dialog that deletes an account",
    path: "/account",
    stays: t("account.password.title"),
    ready: async () => {},
    open: (page) => button(page, t("account.delete.open")).click(),
    opened: (page) => page.getByRole("dialog", { name: t("account.delete.title") }),
  },
];
