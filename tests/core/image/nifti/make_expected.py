"""Writes expected.json: what nibabel reads of the volumes in ../shared/data/nifti and of small ones of every type,
byte order and version (which are in the file, in base64), as check sums.

    python3 -m venv venv && venv/bin/pip install nibabel numpy
    venv/bin/python make_expected.py ../../../../../shared/data/nifti > expected.json
"""
import base64
import gzip
import hashlib
import io
import json
import pathlib
import sys
import tempfile

import nibabel
import numpy

WIDENED = {"int8": "int16"}
MANY_BITS = ("int32", "uint32", "int64", "uint64", "float64")
AS_LPS = numpy.diag([-1.0, -1.0, 1.0, 1.0])


def sha256(values):
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return hashlib.sha256(little.tobytes(order="C")).hexdigest()


def values_of(image):
    """The values [i, j, k, frame] in the type that Finebrush reads them as."""
    stored = image.header.get_data_dtype()
    slope, inter = image.dataobj.slope, image.dataobj.inter
    if stored.names:  # a colour
        values = numpy.asanyarray(image.dataobj)
        values = numpy.stack([values[band] for band in "RGB"], axis=-1)
        return values.reshape(values.shape[:3] + (-1, 3))
    name = stored.newbyteorder("=").name
    if (slope, inter) == (1, 0):
        values = numpy.asanyarray(image.dataobj).astype(WIDENED.get(name, name))
    else:
        values = image.get_fdata(dtype=numpy.float64).astype("float64" if name in MANY_BITS else "float32")
    return values.reshape(values.shape + (1,) * (4 - values.ndim))


def slices_of(values, affine):
    """The middle slices, turned as the patient lies: left, back and head are ahead."""
    lps = nibabel.orientations.axcodes2ornt("LPS")
    turn = nibabel.orientations.ornt_transform(nibabel.io_orientation(affine), lps)
    turned = nibabel.apply_orientation(values[:, :, :, 0], turn)
    x, y, z = (length // 2 for length in turned.shape[:3])
    return {
        "axial": turned[:, :, z].swapaxes(0, 1),
        "coronal": turned[:, y, ::-1].swapaxes(0, 1),
        "sagittal": turned[x, :, ::-1].swapaxes(0, 1),
    }


def describe(path):
    image = nibabel.load(path)
    values = values_of(image)
    return {
        "shape": list(values.shape[:4]),
        "type": values.dtype.name,
        "values": sha256(values.transpose((3, 2, 1, 0, 4)[: values.ndim])),
        "patient_from_voxel": (AS_LPS @ image.affine)[:3].tolist(),
        "slices": {
            view: {"size": [pixels.shape[1], pixels.shape[0]], "values": sha256(pixels)}
            for view, pixels in slices_of(values, image.affine).items()
        },
    }


def describe_folder(folder):
    described = {}
    for path in sorted(folder.rglob("*.nii*")):
        if path.name.endswith((".nii", ".nii.gz")) and "dconn" not in path.name:
            described[str(path.relative_to(folder))] = describe(path)
    return described


def sample(dtype, order, version, scaled):
    """The bytes of a small file; its axes lead to the patient's front, feet and right."""
    kind = numpy.dtype(dtype).newbyteorder(order)
    header = {1: nibabel.Nifti1Header, 2: nibabel.Nifti2Header}[version](endianness=order)
    header.set_data_dtype(kind)
    header.set_data_shape((4, 3, 2, 2))
    affine = numpy.array([[0, 0, -1.5, 10.0], [2, 0, 0, -20.5], [0, -2.5, 0, 7.25], [0, 0, 0, 1]])
    header.set_qform(affine, 1)
    if version == 2:
        header.set_sform(affine @ numpy.diag([1, 1, -1, 1]), 2)
    if scaled:
        header["scl_slope"], header["scl_inter"] = 0.3, -1.7
    header["vox_offset"] = header["sizeof_hdr"] + 4
    header["magic"] = header.single_magic
    raw = numpy.random.default_rng(1).integers(0, 256, 48 * kind.itemsize, dtype=numpy.uint8)
    if kind.kind == "f":
        raw = numpy.frombuffer(numpy.linspace(-1e3, 1e3, 48).astype(kind).tobytes(), numpy.uint8)
    return header.binaryblock + bytes(4) + raw.tobytes()


def describe_samples():
    colour = [("R", "u1"), ("G", "u1"), ("B", "u1")]
    plain = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"]
    wanted = [(d, o, v, s) for d in plain for o, v in (("<", 1), (">", 2)) for s in (False, True)]
    wanted += [("i2", ">", 1, False), ("f4", "<", 2, True)]
    wanted += [(d, "<", 1, False) for d in (colour, colour + [("A", "u1")])]
    described = {}
    with tempfile.TemporaryDirectory() as folder:
        for dtype, order, version, scaled in wanted:
            name = dtype if isinstance(dtype, str) else "".join(band for band, _ in dtype)
            name += f" {'big' if order == '>' else 'little'}-endian NIfTI-{version}{' scaled' if scaled else ''}"
            content = sample(dtype, order, version, scaled)
            path = pathlib.Path(folder) / "a.nii"
            path.write_bytes(content)
            packed = io.BytesIO()
            with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
                stream.write(content)
            described[name] = describe(path) | {"file": base64.b64encode(packed.getvalue()).decode()}
    return described


def lines(entries):
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())


def main():
    files, samples = describe_folder(pathlib.Path(sys.argv[1])), describe_samples()
    print(f'{{\n "files": {{\n{lines(files)}\n }},\n "samples": {{\n{lines(samples)}\n }}\n}}')


main()
