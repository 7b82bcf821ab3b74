/** A report that the emulator shows. The emulator then changes nothing. */
export interface OpenedReport {
  /** The file's path, as the command line names it. */
  file: string;
  /** The version of the emulator that took it. */
  version: string;
  /** ISO 8601, by the clock of that emulator. */
  takenAt: string;
  /** The tester's own words on what was expected. */
  comment?: string;
  /** The tenant that it is about. */
  tenant: string;
  /** The address of that emulator, with the tenant's path. */
  url: string;
}
