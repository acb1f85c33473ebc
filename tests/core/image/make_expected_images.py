"""Writes expected_images.json: what tifffile, imagecodecs (PNG) and Pillow (JPEG, BMP) read of the images in the FOLDERS of
../shared/data, as check sums of all little-endian samples without alpha; of a TIFF of several pages those of all of them.

    python3 -m venv venv
    venv/bin/pip install numpy tifffile imagecodecs pillow
    venv/bin/python make_expected_images.py ../../../../shared/data > expected_images.json
"""
import hashlib
import json
import pathlib
import sys

import imagecodecs
import numpy
import PIL.features
import PIL.Image
import tifffile

FOLDERS = ("format_variants", "tiff16", "messy_jpeg_masks/images", "messy_jpeg_masks/masks", "wbc_small/images")


def pages_of(path):
    """Each page as [height, width, samples]."""
    if path.suffix == ".png":
        pages = [imagecodecs.png_decode(path.read_bytes())]
    elif path.suffix in (".jpg", ".bmp"):
        with PIL.Image.open(path) as image:
            pages = [numpy.asarray(image)]
    else:
        with tifffile.TiffFile(path) as file:
            pages = [page.asarray() for page in file.pages if not page.is_reduced]  # no thumbnails
    if any(page.shape != pages[0].shape for page in pages):
        pages = pages[:1]  # the others are thumbnails
    return [page.reshape(page.shape[:2] + (-1,)) for page in pages]


def sha256(samples):
    little = numpy.ascontiguousarray(samples, samples.dtype.newbyteorder("<"))
    return hashlib.sha256(little.tobytes()).hexdigest()


def describe(path):
    pages = pages_of(path)
    has_alpha = pages[0].shape[2] in (2, 4)
    samples = numpy.stack([page[..., :-1] if has_alpha else page for page in pages])
    hidden = pages[0][..., -1] == 0 if has_alpha else numpy.zeros(1, bool)
    described = {
        "size": [samples.shape[2], samples.shape[1]],
        "bands": samples.shape[3],
        "type": samples.dtype.name,
        "hidden": 0 if hidden.all() else int(hidden.sum()),
        "values": sha256(samples[0]),
    }
    return described | ({"pages": len(pages), "all_values": sha256(samples)} if len(pages) > 1 else {})


def main():
    data = pathlib.Path(sys.argv[1])
    versions = {"tifffile": tifffile.__version__, "imagecodecs": imagecodecs.__version__, "Pillow": PIL.__version__}
    versions["libjpeg-turbo"] = PIL.features.version("libjpeg_turbo")
    readers = ", ".join(f"{name} {version}" for name, version in versions.items())
    files = [file for folder in FOLDERS for file in sorted((data / folder).iterdir())]
    entries = [f"  {json.dumps(str(f.relative_to(data)))}: {json.dumps(describe(f))}" for f in files]
    print(f'{{\n "readers": {json.dumps(readers)},\n "files": {{\n' + ",\n".join(entries) + "\n }\n}")


main()
