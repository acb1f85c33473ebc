"""Loads the Conv-LoRA adapter of Finebrush that lies in this folder onto Hugging Face's SamModel.

    from transformers import SamModel
    from load_conv_lora import class_logits, load_conv_lora

    model = SamModel.from_pretrained("facebook/sam-vit-base")  # the network that the adapter was trained on
    left_out = load_conv_lora(model, "folder/of/the/adapter")
    embedding = model.get_image_embeddings(pixel_values)
    logits = class_logits(model, embedding, "folder/of/the/adapter")

Needs torch, transformers and safetensors. PEFT itself knows no Conv-LoRA and refuses the folder.
"""

import json
import math
import re
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

PREFIX = "base_model.model."
CLASS_TOKENS = "mask_decoder.class_tokens.weight"
CLASS_HEAD = "mask_decoder.output_classifier_mlps."  # only where the tokens are queries
LEAST_SCORE = 1e-4  # no query can rule a class out
# Of SamModel's decoder, what answers prompts only: an adapter has none of it.
OF_PROMPTS = re.compile(r"mask_decoder\.(iou_prediction_head\.|mask_tokens\.|output_hypernetworks_mlps\.[1-9])")
# Of the values that tell the base. Rounding to bfloat16 changes a value by up to 2**-9 of it, rounding to half one near zero
# by up to 2**-25; here and where the adapter was trained, the base may have been stored in either.
RELATIVE, ABSOLUTE = 2**-8, 2**-24
MOST_LISTED = 3


class ConvLora(nn.Module):
    """A linear layer with Conv-LoRA (Zhong et al. 2024, arXiv 2401.17868, eq. 2), for prediction.

    y = W0 x + B (A x + sum of the chosen experts E_i(A x)) alpha / r. Each expert sees the rank-r map enlarged by its own
    scale. Each sample of the batch (in windowed attention: each window) chooses its own experts.
    """

    def __init__(self, base, config, tensors):
        super().__init__()
        self.base = base
        self.scale = config["lora_alpha"] / config["r"]
        self.top = config["conv_lora_top_experts"]
        self.informative = config["conv_lora_gate"] == "informative"
        self.lora_A = nn.Parameter(tensors["lora_A.weight"])  # [r, in]
        self.lora_B = nn.Parameter(tensors["lora_B.weight"])  # [out, r]
        self.w_gate = nn.Parameter(tensors["lora_moe_gating.w_gate"])  # [r, experts]
        experts = range(config["conv_lora_expert_num"])
        self.scales = config.get("conv_lora_scales") or [i + 1 for i in experts]
        self.kernels = nn.ParameterList(tensors[f"lora_moe_experts.{i}.0.weight"] for i in experts)  # [r, r, 3, 3]
        self.biases = nn.ParameterList(tensors[f"lora_moe_experts.{i}.0.bias"] for i in experts)  # [r]

    def forward(self, x):  # [S, H, W, in], or [S, N, in] with the N tokens of a square
        low = x @ self.lora_A.T
        side = math.isqrt(x.shape[1])
        grid = (low if x.dim() == 4 else low.unflatten(1, (side, side))).permute(0, 3, 1, 2)  # [S, r, H, W]
        adapted = (grid + self.experts(grid)).permute(0, 2, 3, 1).reshape(low.shape)
        return self.base(x) + adapted @ self.lora_B.T * self.scale

    def experts(self, grid):
        logits = grid.mean((2, 3)) @ self.w_gate  # [S, experts]
        chosen = logits.topk(self.top).indices
        gates = logits.softmax(1) if self.informative else torch.ones_like(logits)  # as published: added as they are
        total = torch.zeros_like(grid)
        for i in range(len(self.kernels)):
            samples = (chosen == i).any(1).nonzero().squeeze(1)
            if len(samples) > 0:
                given = self.expert(i, grid[samples]) * gates[samples, i].view(-1, 1, 1, 1)
                total = total.index_add(0, samples, given)
        return total

    def expert(self, i, grid):
        size, scale = grid.shape[2:], self.scales[i]
        enlarged = [scale * side for side in size]
        large = grid if scale == 1 else F.interpolate(grid, size=enlarged, mode="bicubic", align_corners=False)
        large = F.gelu(F.conv2d(large, self.kernels[i], self.biases[i], padding=1))
        return large if scale == 1 else F.interpolate(large, size=size, mode="bicubic", align_corners=False)


def read_tensors(folder):
    """The tensors of an adapter by SamModel's names. The first adapters had their class tokens under the name of its mask
    tokens."""
    tensors = load_file(Path(folder) / "adapter_model.safetensors")
    tensors = {name.removeprefix(PREFIX): tensor for name, tensor in tensors.items()}
    if CLASS_TOKENS not in tensors and "mask_decoder.mask_tokens.weight" in tensors:
        tensors[CLASS_TOKENS] = tensors.pop("mask_decoder.mask_tokens.weight")
    return tensors


def decoder_shapes(config, state, tensors):
    """The shapes that the tensors of an adapter's decoder must have, by their names."""
    shapes = {name: state[name].shape for name in state if name.startswith("mask_decoder.") and not OF_PROMPTS.match(name)}
    classes, width = len(config["finebrush"]["classes"]), state["mask_decoder.iou_token.weight"].shape[1]
    if not any(name.startswith(CLASS_HEAD) for name in tensors):
        return shapes | {CLASS_TOKENS: (classes, width)}
    head = {CLASS_HEAD + "weight": (classes + 1, width), CLASS_HEAD + "bias": (classes + 1,)}
    return shapes | head | {CLASS_TOKENS: (len(tensors.get(CLASS_TOKENS, [])), width)}


def differences(model, layers, config, tensors):
    """How the tensors of an adapter differ from what a SamModel takes, one sentence each."""
    modules, state = dict(model.named_modules()), model.state_dict()
    found = [f"{name}: holds values that are no numbers" for name in tensors if not tensors[name].isfinite().all()]
    shapes = {name: state[name].shape for name in tensors if name in state} | decoder_shapes(config, state, tensors)
    r, experts = config["r"], config["conv_lora_expert_num"]
    if len(config.get("conv_lora_scales") or range(experts)) != experts:
        found.append(f"conv_lora_scales: {config['conv_lora_scales']}, not one for each of the {experts} experts")
    named = {name.removesuffix(".lora_A.weight") for name in tensors if name.endswith(".lora_A.weight")}
    for layer in (named | layers) - modules.keys():
        found.append(f"{layer}: SamModel has no such layer")
    for layer in named & modules.keys() - layers:
        found.append(f"{layer}: the adapter does not say that it adapts this layer")
    for layer in sorted(layers & modules.keys()):
        shapes[f"{layer}.lora_A.weight"] = (r, modules[layer].in_features)
        shapes[f"{layer}.lora_B.weight"] = (modules[layer].out_features, r)
        shapes[f"{layer}.lora_moe_gating.w_gate"] = (r, experts)
        for i in range(experts):
            shapes[f"{layer}.lora_moe_experts.{i}.0.weight"] = (r, r, 3, 3)
            shapes[f"{layer}.lora_moe_experts.{i}.0.bias"] = (r,)
    for name, shape in shapes.items():
        given = tensors.get(name)
        if given is None or given.shape != shape:
            found.append(f"{name}: {'missing' if given is None else list(given.shape)}, not {list(shape)}")
    return found


def differences_of_base(state, check):
    """Where a model is not the base that an adapter was trained on, one sentence each. `check` holds the middle value of each
    of the base's tensors; adapters that were written before have none."""
    found = []
    for name, value in check.items():
        given = state[name].flatten()[state[name].numel() // 2].item() if name in state else None
        if given is None or not math.isclose(given, value, rel_tol=RELATIVE, abs_tol=ABSOLUTE):
            found.append(f"{name}: {'missing' if given is None else f'{given:.6g}'}, not {value}")
    return found


def load_conv_lora(model, folder):
    """Puts the adapter of a folder into a SamModel and gives it the trained weights of the mask decoder.

    Returns the names of the tensors that SamModel has no place for: the decoder's class tokens, which `class_logits` reads, and
    what Finebrush reads its masks out with. Raises ValueError, and changes nothing, where the adapter does not fit or was
    trained on other weights than the model's.
    """
    folder = Path(folder)
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    if config["peft_type"] != "CONV_LORA":
        raise ValueError(f"{folder}: this is a {config['peft_type']} adapter, not CONV_LORA")
    tensors = read_tensors(folder)
    modules = dict(model.named_modules())
    targets = config["target_modules"]  # a regular expression, or a list
    layers = {name for name in modules if re.fullmatch(targets, name)} if isinstance(targets, str) else set(targets)
    if found := differences(model, layers, config, tensors):
        raise ValueError(f"{folder}: the adapter does not fit: " + "; ".join(found))

    state, base = model.state_dict(), config["finebrush"]["base"]
    if found := differences_of_base(state, base.get("check", {})):
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        listed = "; ".join(found[:MOST_LISTED])
        raise ValueError(f"{folder}: the adapter was trained on other weights ({base['name']}): {listed}{more}")

    left_out = []
    for name, tensor in tensors.items():
        if name in state:
            state[name].copy_(tensor)
        elif ".lora_" not in name:
            left_out.append(name)
    for layer in layers:
        linear = modules[layer]
        own = {name[len(layer) + 1:]: tensors[name].to(linear.weight) for name in tensors if name.startswith(layer + ".")}
        parent, _, name = layer.rpartition(".")
        setattr(modules[parent], name, ConvLora(linear, config, own))
    return left_out


@torch.no_grad()
def class_logits(model, embedding, folder):
    """What the decoder of an adapter says of each class: [B, K, 4h, 4w] for an image embedding [B, C, h, w].

    Class k is the k-th of `finebrush.classes` in adapter_config.json; argmax(1) tells it. `model` has been through
    `load_conv_lora`. Finebrush itself adds more, which is left out here: it multiplies these logits by `extra.decoder_weight`
    and adds linear read-outs of the encoder's maps (`extra.read_out.…`), of several views of the image
    (`finebrush.extras.view_plan`), tile by tile where it is large. So its masks are finer than these.
    """
    decoder, like = model.mask_decoder, model.mask_decoder.iou_token.weight
    tensors = {name: tensor.to(like) for name, tensor in read_tensors(folder).items() if name.startswith("mask_decoder.")}
    batch, size = len(embedding), embedding.shape[2:]
    positions = model.get_image_wide_positional_embeddings()  # [1, C, h, w]
    if positions.shape[2:] != size:
        positions = F.interpolate(positions, size=size, mode="bilinear", align_corners=False)
    tokens, keys = decoder.transformer(
        point_embeddings=torch.cat([like, tensors[CLASS_TOKENS]]).expand(batch, 1, -1, -1),  # [B, 1, 1 + T, C]
        image_embeddings=embedding + model.prompt_encoder.no_mask_embed.weight.view(1, -1, 1, 1),
        image_positional_embeddings=positions.expand(batch, -1, -1, -1),
        attention_similarity=None,
    )[:2]
    tokens = tokens[:, 0, 1:]  # [B, T, C]
    large = keys[:, 0].transpose(1, 2).unflatten(2, size)  # [B, C, h, w]
    large = decoder.activation(decoder.upscale_layer_norm(decoder.upscale_conv1(large)))
    large = decoder.activation(decoder.upscale_conv2(large))  # [B, C / 8, 4h, 4w]
    masks = torch.einsum("btc,bchw->bthw", decoder.output_hypernetworks_mlps[0](tokens), large)
    if CLASS_HEAD + "weight" not in tensors:
        return masks
    classes = F.linear(tokens, tensors[CLASS_HEAD + "weight"], tensors[CLASS_HEAD + "bias"])  # [B, T, K + 1]
    scores = torch.einsum("btk,bthw->bkhw", classes.softmax(-1)[..., :-1], masks.sigmoid())
    return scores.clamp_min(LEAST_SCORE).log()
