/**
 * Makes `link` a symbolic link to `target`, in one step, so that whoever opens it finds the old or the new.
 * @throws Error when something that is not a link has that name.
 */
export function pointLink(link: string, target: string): void {
  if (isOther(link)) {
    throw new Error(`${link} is not a link: give the simulated meter's port another name.`);
  }
  const fresh = `${link}.${crypto.randomUUID()}`;
  Deno.symlinkSync(target, fresh);
  try {
    Deno.renameSync(fresh, link);
  } catch (error) {
    Deno.removeSync(fresh);
    throw error;
  }
}

function isOther(path: string): boolean {
  try {
    return !Deno.lstatSync(path).isSymlink;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
