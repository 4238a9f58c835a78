/* Small helpers of the workbench: the side panel, marks in documents, dropping files, choosing in a chain map.
   Every page also works without them: links open pages, forms post. */
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  var lastFocus = null;

  function openPanel() {
    if (!panel) return;
    panel.classList.add("open");
    panel.setAttribute("aria-hidden", "false");
  }
  function closePanel() {
    if (!panel) return;
    panel.classList.remove("open");
    panel.setAttribute("aria-hidden", "true");
    if (lastFocus && document.contains(lastFocus)) lastFocus.focus({ preventScroll: true });
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.target && event.detail.target.id === "panel-body" && !panel.contains(event.target)) lastFocus = event.target;
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target && event.detail.target.id === "panel-body") {
      openPanel();
      panel.scrollTop = 0;
    }
  });
  document.addEventListener("htmx:responseError", function (event) {
    var box = document.getElementById("notice");
    if (box) {
      box.textContent = box.dataset.failed + " (" + event.detail.xhr.status + ")";
      box.hidden = false;
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") closePanel();
    /* "/" leads to the search, unless somebody is writing. */
    var typing = event.target.closest && event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var box = document.querySelector("[data-search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close-panel]")) closePanel();
    var tab = event.target.closest("[data-pane]");
    if (tab) {
      var doc = document.getElementById("doc");
      doc.classList.toggle("show-raw", tab.dataset.pane === "raw");
      doc.classList.toggle("show-clean", tab.dataset.pane === "clean");
    }
  });

  /* Marks: pointing at one lights its twin in the other pane; a click opens its statement. */
  function marksOf(id) {
    return document.querySelectorAll('.m[data-ids~="' + CSS.escape(id) + '"]');
  }
  function light(mark, on) {
    mark.dataset.ids.split(" ").forEach(function (id) {
      marksOf(id).forEach(function (twin) { twin.classList.toggle("hot", on); });
    });
  }
  document.addEventListener("mouseover", function (event) {
    var mark = event.target.closest && event.target.closest(".m[data-ids]");
    if (mark) light(mark, true);
  });
  document.addEventListener("mouseout", function (event) {
    var mark = event.target.closest && event.target.closest(".m[data-ids]");
    if (mark) light(mark, false);
  });
  function openMark(mark) {
    window.htmx.ajax("GET", mark.dataset.url, { target: "#panel-body", swap: "innerHTML" });
  }
  document.addEventListener("click", function (event) {
    var mark = event.target.closest(".m[data-url]");
    if (mark && window.htmx && !window.getSelection().toString()) { lastFocus = mark; openMark(mark); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches) return;
    if (event.target.matches(".m[data-url]")) openMark(event.target);
  });
  // The printed page beside the text: what a deep link asks for is brought into sight, again once its picture is there.
  var asked = document.querySelector(".sheets rect.found") || document.querySelector(".sheets rect.sentence");
  if (asked) {
    var sheets = asked.closest(".sheets");
    var showAsked = function () {
      sheets.scrollTop += asked.getBoundingClientRect().top - sheets.getBoundingClientRect().top - sheets.clientHeight / 3;
    };
    showAsked();
    asked.closest("figure").querySelector("img").addEventListener("load", showAsked, { once: true });
  }

  var found = document.querySelector(".pane-clean .m.found") || document.querySelector(".pane-clean .m.sentence");
  if (found) {
    found.scrollIntoView({ block: "center", behavior: "auto" });
    document.documentElement.dataset.found = "yes";
  }

  /* Marking what the reader missed: the place of a selection, counted in characters as the server counts them. */
  var doc = document.getElementById("doc");
  var marking = document.getElementById("marking");
  if (doc && marking && doc.dataset.mark) {
    var place = null;
    var hiding = null;
    var sideOf = function (node) {
      var element = node.nodeType === 1 ? node : node.parentElement;
      return element && element.closest("[data-side]");
    };
    var offset = function (holder, node, at) {
      var range = document.createRange();
      range.selectNodeContents(holder);
      range.setEnd(node, at);
      return Number(holder.dataset.start) + Array.from(range.toString()).length;
    };
    var placeOf = function (selection) {
      if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null;
      var range = selection.getRangeAt(0);
      var first = sideOf(range.startContainer);
      var last = sideOf(range.endContainer);
      if (!first || !last) {
        /* A blank between two pieces of raw text belongs to neither: take the pieces that the selection touches. */
        var near = range.commonAncestorContainer;
        near = (near.nodeType === 1 ? near : near.parentElement).closest(".doc-text");
        if (near && near.contains(range.startContainer) && near.contains(range.endContainer)) {
          var touched = Array.from(near.querySelectorAll("[data-side]")).filter(function (piece) { return range.intersectsNode(piece); });
          if (touched.length) {
            range = range.cloneRange();
            if (!first) { first = touched[0]; range.setStart(first, 0); }
            if (!last) { last = touched[touched.length - 1]; range.setEnd(last, last.childNodes.length); }
          }
        }
      }
      if (!first) return null;
      if (!last || last.dataset.side !== first.dataset.side) {
        last = first;
        range = range.cloneRange();
        range.setEnd(first, first.childNodes.length);
      }
      return {
        kind: "", side: first.dataset.side, text: selection.toString().trim(),
        start: offset(first, range.startContainer, range.startOffset),
        end: offset(last, range.endContainer, range.endOffset)
      };
    };
    document.addEventListener("selectionchange", function () {
      var now = placeOf(window.getSelection());
      window.clearTimeout(hiding);
      if (now) {
        place = now;
        marking.querySelector("[data-said]").textContent = now.text.length > 24 ? now.text.slice(0, 24) + "…" : now.text;
        marking.hidden = false;
      } else {
        /* A tap on the bar ends the selection on some telephones: the bar stays a moment longer. */
        hiding = window.setTimeout(function () { marking.hidden = true; }, 400);
      }
    });
    marking.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    marking.addEventListener("click", function (event) {
      var button = event.target.closest("[data-mark-kind]");
      if (!button || !place) return;
      lastFocus = button;
      var asked = new URLSearchParams({ side: place.side, start: place.start, end: place.end, kind: button.dataset.markKind });
      window.htmx.ajax("GET", doc.dataset.mark + "?" + asked, { target: "#panel-body", swap: "innerHTML" });
      marking.hidden = true;
    });
  }

  /* The review queue by keyboard. */
  var queue = document.getElementById("queue");
  function items() {
    return Array.prototype.filter.call(queue.querySelectorAll(".item"), function (item) { return !item.classList.contains("done"); });
  }
  function currentItem() {
    return (document.activeElement && document.activeElement.closest && document.activeElement.closest(".item")) || null;
  }
  function goTo(item) {
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "center", behavior: "auto" });
  }
  function step(from, by) {
    var open = items();
    if (!from) { goTo(open[0]); return; }
    var all = Array.prototype.slice.call(queue.querySelectorAll(".item"));
    for (var at = all.indexOf(from) + by; at >= 0 && at < all.length; at += by) {
      if (!all[at].classList.contains("done")) { goTo(all[at]); return; }
    }
  }
  if (queue) {
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, select, textarea, .panel")) return;
      var key = event.key.toLowerCase();
      if (key === "j" || key === "k") { event.preventDefault(); step(currentItem(), key === "j" ? 1 : -1); return; }
      var item = currentItem();
      var button = item && (key === "o" ? item.querySelector("a.figure, p a") : /^[a-z1-6]$/.test(key) && item.querySelector('[data-key="' + key + '"]'));
      if (button) { event.preventDefault(); button.click(); }
    });
    queue.addEventListener("click", function (event) {
      if (event.target.closest("[data-next]")) step(event.target.closest(".item"), 1);
    });
    document.addEventListener("htmx:afterSwap", function (event) {
      var item = event.detail.target.closest && event.detail.target.closest(".item");
      if (!item) return;
      var form = item.querySelector("form.correction [name]:not([type=hidden])");
      if (item.querySelector("[data-judged]")) { item.classList.add("done"); step(item, 1); }
      else if (form) form.focus();
    });
  } else {
    document.addEventListener("click", function (event) {
      var leave = event.target.closest("[data-next]");
      if (leave && leave.closest("details")) leave.closest("details").open = false;
    });
  }

  /* On a narrow screen the head line scrolls: the page shown now must be in sight. */
  var here = document.querySelector(".nav [aria-current]");
  if (here) here.parentNode.scrollLeft = here.offsetLeft - here.parentNode.offsetLeft - here.parentNode.clientWidth / 2 + here.offsetWidth / 2;

  /* Filters send themselves as soon as something is chosen (htmx does it); without htmx the button stays. */
  document.querySelectorAll("[data-without-script]").forEach(function (node) { node.hidden = true; });
  /* Words have filtered while they were typed: leaving their field asks nothing again, or the answer would take what the
     hand is about to click. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (event.target.type === "search" && form && form.matches("[hx-get]")) event.stopPropagation();
  }, true);

  /* Choosing a segment of a chain map shows its supply lines and fades the rest. */
  document.querySelectorAll(".chain-map").forEach(function (svg) {
    var kept = null;
    function show(key) {
      var near = {};
      near[key] = true;
      svg.querySelectorAll(".edge").forEach(function (edge) {
        var mine = edge.dataset.tail === key || edge.dataset.head === key;
        edge.classList.toggle("near", mine);
        if (mine) { near[edge.dataset.tail] = true; near[edge.dataset.head] = true; }
      });
      if (Object.keys(near).length === 1) return;
      svg.classList.add("choosing");
      svg.querySelectorAll(".segment").forEach(function (node) {
        node.classList.toggle("near", Boolean(near[node.dataset.key]));
      });
    }
    function clear() {
      svg.classList.remove("choosing");
      svg.querySelectorAll(".near").forEach(function (node) { node.classList.remove("near"); });
    }
    svg.addEventListener("mouseover", function (event) {
      var node = event.target.closest(".segment");
      if (node && !kept) { clear(); show(node.dataset.key); }
    });
    svg.addEventListener("mouseleave", function () { if (!kept) clear(); });
    svg.addEventListener("click", function (event) {
      var node = event.target.closest(".segment");
      clear();
      kept = node && kept !== node.dataset.key ? node.dataset.key : null;
      if (kept) show(kept);
    });
  });

  /* Dropping files anywhere on a page that has a drop form. */
  var drop = document.getElementById("drop");
  if (drop) {
    var input = drop.querySelector('input[type="file"]');
    var bar = drop.querySelector("progress");
    var say = drop.querySelector("[data-say]");
    var send = function (files) {
      if (!files.length) return;
      var data = new FormData();
      var level = drop.querySelector("select[name=level]");
      if (level) data.append("level", level.value);
      data.append("csrfmiddlewaretoken", drop.querySelector("[name=csrfmiddlewaretoken]").value);
      Array.prototype.forEach.call(files, function (file) { data.append("files", file, file.name); });
      var request = new XMLHttpRequest();
      request.open("POST", drop.action);
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("HX-Current-URL", window.location.href);
      bar.hidden = false;
      say.textContent = drop.dataset.sending.replace("{n}", files.length);
      request.upload.onprogress = function (event) {
        if (event.lengthComputable) { bar.max = event.total; bar.value = event.loaded; }
      };
      request.upload.onload = function () { bar.removeAttribute("value"); say.textContent = drop.dataset.reading; };
      request.onload = function () {
        bar.hidden = true;
        say.textContent = "";
        var box = document.getElementById("upload-results");
        if (request.getResponseHeader("HX-Redirect")) { window.location.assign(request.getResponseHeader("HX-Redirect")); return; }
        if (request.getResponseHeader("X-Liantu-Page") === null) {
          say.textContent = drop.dataset.failed + " (" + request.status + ")";
          return;
        }
        box.innerHTML = request.responseText;
        window.htmx.process(box);
        input.value = "";
      };
      request.onerror = function () { bar.hidden = true; say.textContent = drop.dataset.failed; };
      request.send(data);
    };
    input.addEventListener("change", function () { send(input.files); });
    drop.addEventListener("submit", function (event) { event.preventDefault(); send(input.files); });
    var depth = 0;
    document.addEventListener("dragenter", function (event) {
      if (!event.dataTransfer || Array.prototype.indexOf.call(event.dataTransfer.types, "Files") < 0) return;
      depth += 1;
      document.body.classList.add("dragging");
    });
    document.addEventListener("dragleave", function () {
      depth = Math.max(0, depth - 1);
      if (!depth) document.body.classList.remove("dragging");
    });
    document.addEventListener("dragover", function (event) { event.preventDefault(); });
    document.addEventListener("drop", function (event) {
      event.preventDefault();
      depth = 0;
      document.body.classList.remove("dragging");
      if (event.dataTransfer && event.dataTransfer.files.length) send(event.dataTransfer.files);
    });
  }
})();
