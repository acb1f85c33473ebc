"""Writes expected.json: what pydicom reads of the images in ../shared/data/dicom, as check sums. Lossy JPEG decoders
differ by a little among themselves; of such files it holds some pixels instead.

    python3 -m venv venv
    venv/bin/pip install numpy pydicom pylibjpeg pylibjpeg-libjpeg pylibjpeg-openjpeg pylibjpeg-rle
    venv/bin/python make_expected.py ../../../../../shared/data/dicom/pydicom > expected.json
"""
import hashlib
import json
import pathlib
import sys

import numpy
import pydicom
from pydicom.pixels import apply_color_lut, apply_modality_lut
from pydicom.uid import JPEG2000, JPEG2000Lossless, JPEGBaseline8Bit, JPEGExtended12Bit

LOSSY_JPEG = (JPEGBaseline8Bit, JPEGExtended12Bit)
SAMPLE_STEP = 30011


def sha256(values):
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return hashlib.sha256(little.tobytes()).hexdigest()


def bits_range(bits, signed):
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)


def rescaled_type(dataset, slope, intercept):
    """The type that Finebrush gives rescaled values."""
    if slope != int(slope) or intercept != int(intercept):
        return "float32" if dataset.BitsAllocated <= 16 else "float64"
    wavelet = dataset.file_meta.TransferSyntaxUID in (JPEG2000, JPEG2000Lossless)
    bits = dataset.BitsAllocated if wavelet else dataset.BitsStored
    ends = [end * slope + intercept for end in bits_range(bits, dataset.PixelRepresentation)]
    for name in ("int16", "uint16", "int32"):
        limits = numpy.iinfo(name)
        if limits.min <= min(ends) and max(ends) <= limits.max:
            return name
    return "float64"


def greys(dataset, values):
    if dataset.PhotometricInterpretation == "MONOCHROME1":
        values = sum(bits_range(dataset.BitsStored, dataset.PixelRepresentation)) - values.astype(numpy.int64)
    slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
    if "ModalityLUTSequence" in dataset:
        return apply_modality_lut(values, dataset)
    if (slope, intercept) != (1, 0):
        return apply_modality_lut(values, dataset).astype(rescaled_type(dataset, slope, intercept))
    if values.dtype.kind == "f":
        return values
    kind = "i" if dataset.PixelRepresentation else "u"
    if kind == "i" and dataset.BitsAllocated == 8:
        return values.astype("int16")
    return values.astype(f"{kind}{dataset.BitsAllocated // 8}")


def values_of(dataset):
    values = dataset.pixel_array  # colours as RGB
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        colours = apply_color_lut(values, dataset)
        narrow = colours.dtype == numpy.uint8 or colours.max() < 256
        return (colours if narrow else colours >> 8).astype(numpy.uint8)
    return values if dataset.get("SamplesPerPixel", 1) == 3 else greys(dataset, values)


def describe(path):
    dataset = pydicom.dcmread(path)
    values = values_of(dataset)
    frames = int(dataset.get("NumberOfFrames", 1))
    described = {
        "size": [int(dataset.Columns), int(dataset.Rows), frames],
        "bands": int(values.size // (dataset.Rows * dataset.Columns * frames)),
        "type": values.dtype.name,
    }
    if dataset.file_meta.TransferSyntaxUID in LOSSY_JPEG:
        return described | {"pixels": values.ravel()[::SAMPLE_STEP].tolist()}
    return described | {"values": sha256(values)}


def main():
    folder = pathlib.Path(sys.argv[1])
    entries = [f" {json.dumps(p.name)}: {json.dumps(describe(p))}" for p in sorted(folder.glob("*.dcm"))]
    print("{\n" + ",\n".join(entries) + "\n}")


main()
