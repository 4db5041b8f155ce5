// Shows the API's description with Swagger UI, which the page has loaded as SwaggerUIBundle.

const place = document.querySelector("#docs");
const dark = matchMedia("(prefers-color-scheme: dark)");

function follow() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

dark.addEventListener("change", follow);
follow();

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // Its badge would ask a server elsewhere.
  validatorUrl: null,
});
