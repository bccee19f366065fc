"""Write: outputs are staged, then committed in one go; the manifest says what is ours.

In: the paths and bytes of a site's pages, from the build. Out: the output folder, either wholly
as it was or wholly new, and in it the list of what briefgen wrote. Nothing here knows what a page
is, and nothing outside the output, the state folder and (where these lie on different disks) one
hidden folder beside or inside the output is ever written.

- `transaction` is the door: begin, stage or keep each path, commit or abort.
- `lock` keeps two builds of one site apart.
- `clean` takes an output away again.
- `manifest` is the list in the output, `record` the memory of what its files looked like on disk.
- `stage` finds the place to stage and writes there; `plan` decides the steps of a commit by
  looking, `journal` takes them, forward or back.
"""
