/** usage: node remotion.mjs ENTRY PUBLIC PROPS CHROMIUM OUT: bundles the composition and renders it with two tabs. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {bundle} from "@remotion/bundler";
import {renderMedia, selectComposition} from "@remotion/renderer";

const [entryPoint, publicDir, props, browserExecutable, outputLocation] = process.argv.slice(2);
const inputProps = JSON.parse(readFileSync(props, "utf8"));
const serveUrl = await bundle({entryPoint, publicDir, symlinkPublicDir: true, enableCaching: false, outDir: join(publicDir, "..", "bundle")});
const shared = {
  serveUrl, inputProps, browserExecutable, chromeMode: "chrome-for-testing", logLevel: "error",
  chromiumOptions: {gl: "swangle", enableMultiProcessOnLinux: true},
};
const composition = await selectComposition({...shared, id: "film"});
await renderMedia({
  ...shared, composition, outputLocation, concurrency: 2, codec: "h264", crf: 20, x264Preset: "veryfast",
  audioCodec: "aac", audioBitrate: "128k", colorSpace: "bt709",
});
