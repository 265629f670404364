import { mount } from "../../../../mount.ts";

export { mount as GET, mount as POST };
