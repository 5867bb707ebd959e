export { PodScrape } from './pod-scrape.js';
export type * from './pod-scrape-args.js';
