// Streamlit calls this when the component appears, when its data change and when the theme does.
export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".gw");
  root.style.height = data.height;
  root.style.setProperty("--gw-size", data.size);
  root.classList.toggle("gw-big", data.big);
  root.walk ??= new Walk(root, data.key);
  root.walk.show(data.walk, data.start, data.big, data.parameter);
  return () => {
    if (root.isConnected) return;
    root.walk?.destroy();
    root.walk = null;
  };
}
