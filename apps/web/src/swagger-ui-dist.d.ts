// The package has no types of its own.
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Options {
    domNode: HTMLElement;
    url: string;
    validatorUrl: string | null;
    deepLinking?: boolean;
    docExpansion?: "list" | "full" | "none";
    defaultModelsExpandDepth?: number;
    displayRequestDuration?: boolean;
    syntaxHighlight?: { theme: string };
    layout?: string;
    plugins?: unknown[];
  }
  export default function swaggerUi(options: Options): unknown;
}
