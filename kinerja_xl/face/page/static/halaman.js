// What a page does beyond links and forms: drop files, follow work, say that a window is still there. Every page works without.
"use strict";
const tanda = document.body.dataset.tanda;

function kirim(alamat) {
  return fetch(alamat, { method: "POST", headers: { "X-Tanda": tanda } });
}

// ---- a window that is open says so; one that closes too ----
async function denyut() {
  const putus = document.getElementById("putus");
  try {
    await kirim("/denyut");
    if (putus) putus.hidden = true;
  } catch {
    if (putus) putus.hidden = false;
  }
}
if (tanda) {
  setInterval(denyut, 20000);
  addEventListener("pagehide", () => navigator.sendBeacon("/tutup", new URLSearchParams({ tanda })));
  addEventListener("pageshow", (ev) => { if (ev.persisted) denyut(); });
}

// ---- dropping files: anywhere on a page with a place for them ----
const jatuh = document.querySelector("[data-jatuh]");
if (jatuh) {
  const masukan = jatuh.querySelector("input[type=file]");
  const berkas = (ev) => ev.dataTransfer && [...ev.dataTransfer.types].includes("Files");
  const tujuan = (ev) => ev.target.closest?.("[data-jatuh]") || jatuh;
  addEventListener("dragover", (ev) => { if (berkas(ev)) { ev.preventDefault(); tujuan(ev).classList.add("di-atas"); } });
  addEventListener("dragleave", () => document.querySelectorAll(".di-atas").forEach((di) => di.classList.remove("di-atas")));
  addEventListener("drop", (ev) => {
    if (!berkas(ev)) return;
    ev.preventDefault();
    const bentuk = tujuan(ev);
    const isian = bentuk.querySelector("input[type=file]") || masukan;
    isian.files = ev.dataTransfer.files;
    bentuk.requestSubmit();
  });
}

// ---- the names of the files that were chosen, which go at once ----
document.querySelectorAll("input[type=file]").forEach((isian) => isian.addEventListener("change", () => {
  const nama = [...isian.files].map((b) => b.name);
  const kata = isian.form.querySelector("[data-nama]");
  if (kata) kata.textContent = nama.length > 3 ? `${nama.length} berkas` : nama.join(", ");
}));

// ---- a button is pressed once ----
addEventListener("submit", (ev) => {
  if (ev.defaultPrevented || ev.target.matches(".buka")) return;
  setTimeout(() => ev.target.querySelectorAll("button").forEach((b) => { b.disabled = true; }), 0);
});
addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((b) => { b.disabled = false; }));

// ---- filters apply when they are changed ----
document.querySelector("[data-saring]")?.addEventListener("change", (ev) => ev.currentTarget.requestSubmit());

// ---- work that goes on ----
const kerja = document.querySelector("[data-kerja]");
if (kerja) {
  const kata = kerja.querySelector("[data-berkas]");
  const batang = kerja.querySelector("progress");
  const tanya = async () => {
    try {
      const s = await (await fetch(kerja.dataset.kerja)).json();
      if (s.selesai) { location.replace(s.keadaan === "dibatalkan" && !kerja.dataset.lanjut.startsWith("/kerja/") ? "/" : kerja.dataset.lanjut); return; }
      const baru = s.dari ? `${s.berkas} (${s.ke} dari ${s.dari})` : s.berkas;
      if (kata.textContent !== baru) kata.textContent = baru;
      if (s.dari) { batang.max = s.dari; batang.value = s.ke; }
    } catch { await denyut(); }
    setTimeout(tanya, 500);
  };
  setTimeout(tanya, 400);
}

// ---- Beranda: where each year stands, one after the other ----
(async () => {
  for (const kartu of document.querySelectorAll("[data-kartu]")) {
    const tunggu = kartu.querySelector("[data-tunggu]");
    if (tunggu) tunggu.textContent = "Membaca …";
    for (let kali = 0; kali < 60; kali++) {
      const jawab = await fetch(kartu.dataset.kartu).catch(() => null);
      if (!jawab) break;
      const isi = await jawab.text();
      if (jawab.status === 202) { await new Promise((r) => setTimeout(r, 800)); continue; }
      if (jawab.ok) kartu.innerHTML = isi; // a piece of a page of ours, escaped where it was made
      break;
    }
  }
})();
