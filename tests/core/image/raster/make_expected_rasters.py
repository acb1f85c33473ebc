"""Writes expected_rasters.json: what tifffile (pixels, by a check sum) and rasterio (the rest) read of the rasters in
../shared/data/geotiff. Neither is ours; tifffile does not even use GDAL.

    python3 -m venv venv
    venv/bin/pip install numpy tifffile imagecodecs rasterio
    venv/bin/python make_expected_rasters.py ../../../../../shared/data/geotiff > expected_rasters.json
"""
import hashlib
import json
import math
import pathlib
import sys
import warnings

import numpy
import rasterio
import tifffile
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import transform

MASK = 4  # a page of this NewSubfileType hides pixels of the first


def pixels_of(path):
    """Samples as [height, width, bands], and where a mask of the file hides them."""
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        samples = page.asarray()
        if samples.ndim == 2:
            samples = samples[..., None]
        elif page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
            samples = numpy.moveaxis(samples, 0, -1)
        masks = [p.asarray() for p in file.pages if p.subfiletype == MASK]
        if page.extrasamples and page.extrasamples[-1] == tifffile.EXTRASAMPLE.UNASSALPHA:
            return samples[..., :-1], samples[..., -1] == 0
        hidden = masks[0] == 0 if masks else numpy.zeros(samples.shape[:2], bool)
        return samples, hidden


def sha256(samples):
    little = numpy.ascontiguousarray(samples, samples.dtype.newbyteorder("<"))
    return hashlib.sha256(little.tobytes()).hexdigest()


def range_of(band):
    finite = band[numpy.isfinite(band)]
    return [finite.min().item(), finite.max().item()]


def placement_of(raster):
    if raster.crs is None and raster.transform.is_identity:
        return {"epsg": None, "transform": None, "corner": None}
    longitude, latitude = None, None
    if raster.crs:
        (longitude,), (latitude,) = transform(raster.crs, "EPSG:4326", [raster.transform.c], [raster.transform.f])
    return {
        "epsg": raster.crs.to_epsg() if raster.crs else None,
        "transform": list(raster.transform.to_gdal()),
        "corner": [longitude, latitude] if raster.crs else None,
    }


def describe(path):
    samples, hidden = pixels_of(path)
    with rasterio.open(path) as raster:
        ours = numpy.moveaxis(raster.read(list(range(1, samples.shape[2] + 1))), 0, -1)
        numpy.testing.assert_array_equal(samples, ours)
        nodata = raster.nodata
        return {
            "size": [samples.shape[1], samples.shape[0]],
            "bands": samples.shape[2],
            "type": samples.dtype.name,
            "nodata": "nan" if nodata is not None and math.isnan(nodata) else nodata,
            **placement_of(raster),
            "hidden": int(hidden.sum()),
            "ranges": [range_of(samples[..., band]) for band in range(samples.shape[2])],
            "values": sha256(samples),
        }


def main():
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    folder = pathlib.Path(sys.argv[1])
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".tif")
    entries = [f" {json.dumps(str(f.relative_to(folder)))}: {json.dumps(describe(f))}" for f in files]
    print("{\n" + ",\n".join(entries) + "\n}")


main()
