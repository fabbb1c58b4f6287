import js from "@eslint/js";
import globals from "globals";

// `join.py` finds the names at the top of a module by the lines that begin with a declaration.
const oneName = {
  selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[declarations.length>1]",
  message: "At the top of a module each name has a declaration of its own.",
};

export default [
  js.configs.recommended,
  {
    files: ["*/*.js"],
    languageOptions: { globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: true },
    rules: {
      "eqeqeq": "error",
      "no-restricted-syntax": ["error", oneName],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
];
