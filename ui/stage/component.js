// Streamlit calls this when the component appears, when its data change and when the theme does.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".gs");
  root.style.height = data.height;
  root.style.setProperty("--gs-size", data.size);
  root.stage ??= new Stage(root);
  root.stage.trainOn = data.trains ? (theta) => setTriggerValue("start", theta) : null;
  root.stage.show(data.film);
  return () => {
    if (root.isConnected) return;
    root.stage?.destroy();
    root.stage = null;
  };
}
