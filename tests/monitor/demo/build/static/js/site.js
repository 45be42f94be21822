(function () {
  var now = new Date();
  var today = document.getElementById("today");
  if (today) { today.textContent = now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日"; }
  document.querySelectorAll("[data-size]").forEach(function (link) {
    link.onclick = function () { document.getElementById("zoom").style.fontSize = link.dataset.size + "px"; };
  });
  document.querySelectorAll("[data-print]").forEach(function (link) { link.onclick = function () { window.print(); }; });
  document.querySelectorAll("[data-close]").forEach(function (link) { link.onclick = function () { window.close(); }; });
})();
