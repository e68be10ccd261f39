// Counts checks and prints them as TAP lines; knows nothing about browsers.

export class Report {
  passed = 0;
  failed = 0;

  /** Prints one check. It passed if no problem is left. */
  check(name, problems) {
    const ok = problems.length === 0;
    ok ? this.passed++ : this.failed++;
    console.log(`${ok ? 'ok' : 'not ok'} ${this.passed + this.failed} - ${name}`);
    for (const problem of problems) console.log(`#   ${problem.replaceAll('\n', '\n#   ')}`);
    return ok;
  }

  /** Runs something that throws if it fails, as one check. */
  async attempt(name, act) {
    try {
      await act();
      return this.check(name, []);
    } catch (error) {
      return this.check(name, [String(error?.message ?? error)]);
    }
  }

  /** Prints the closing line. Returns the exit code: no check at all is a failure too. */
  close() {
    const total = this.passed + this.failed;
    console.log(`1..${total}\n${this.passed} passed, ${this.failed} failed`);
    return this.failed > 0 || total === 0 ? 1 : 0;
  }
}
