"""Adapters go both ways: ours load with PEFT and load_conv_lora.py, and PEFT's and AutoGluon's load in ours.

    python adapters_in_python.py PROBE        PROBE: finebrush-adapter-probe

Each test compares the image embedding that Python computes with the one that the probe does, on a small SamModel with
random weights, whose blocks attend to windows and to the whole map in turn. Prints what was measured.
"""

import importlib.util
import itertools
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from safetensors.torch import load_file, save_file
from transformers import SamConfig, SamModel
from transformers.models.mask2former import modeling_mask2former as mask2former

WITHIN_LORA = 1e-5
WITHIN_CONV_LORA = 1e-4
QKV = r"vision_encoder\.layers\.\d+\.attn\.qkv"
PROBE = ""


def small_sam():
    torch.manual_seed(1)
    model = SamModel(SamConfig(
        vision_config=dict(hidden_size=32, output_channels=32, num_hidden_layers=4, num_attention_heads=4, image_size=128,
                           patch_size=16, mlp_dim=64, window_size=3, global_attn_indexes=[1, 3], num_pos_feats=16),
        prompt_encoder_config=dict(hidden_size=32, image_size=128, patch_size=16, image_embedding_size=8),
        mask_decoder_config=dict(hidden_size=32, mlp_dim=64, iou_head_hidden_dim=32)))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return model.eval()


def autogluon(name):
    """A module of AutoGluon's models by itself. What all of it imports beside PyTorch and transformers is left out: a SAM
    calls none of it."""
    for package in ("autogluon.multimodal", "autogluon.multimodal.models"):
        sys.modules.setdefault(package, importlib.util.module_from_spec(importlib.util.find_spec(package)))
    for package in ("autogluon.core", "autogluon.core.metrics", "omegaconf", "timm", "timm.data", "timm.data.constants"):
        sys.modules.setdefault(package, mock.MagicMock())
    return importlib.import_module("autogluon.multimodal.models." + name)


def randomised(model, part="lora_"):
    """Gives the parameters whose names hold `part` random values."""
    torch.manual_seed(2)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if part in name:
                parameter.copy_(torch.randn_like(parameter) * 0.2)
    return model.eval()


class AdaptersInPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        cls.base = cls.folder / "base"
        small_sam().save_pretrained(cls.base)
        cls.checkpoint = cls.base / "model.safetensors"
        torch.manual_seed(0)
        cls.image = torch.randn(2, 3, 128, 128)
        save_file({"image": cls.image}, cls.folder / "image")
        cls.plain = cls.embedding(cls.sam())

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    @classmethod
    def sam(cls):
        return SamModel.from_pretrained(cls.base).eval()

    @classmethod
    def embedding(cls, model):
        with torch.no_grad():
            return model.get_image_embeddings(cls.image)

    def probe(self, *arguments):
        """Runs the probe on the base; returns the embedding it wrote, or the sentence it refused with."""
        out = self.folder / "embedding"
        command, *rest = map(str, arguments)
        done = subprocess.run([PROBE, command, self.checkpoint, *rest, out], capture_output=True, text=True)
        return next(iter(load_file(out).values())) if done.returncode == 0 else done.stderr.strip()

    def make(self, method, gate, folder, scales="", projections="q,k,v", blocks=0):
        embedding = self.probe("make", method, gate, scales, projections, blocks, self.folder / "image", folder)
        self.assertIsInstance(embedding, torch.Tensor, embedding)
        return embedding

    def load(self, adapter):
        return self.probe("load", adapter, self.folder / "image")

    def assert_close(self, ours, theirs, tolerance, what):
        self.assertIsInstance(ours, torch.Tensor, ours)
        effect = (theirs - self.plain).abs().max().item()
        difference = (ours - theirs).abs().max().item()
        print(f"{what}: differs by at most {difference:.1e}; the adapter changes {effect:.1e}")
        self.assertGreater(effect, 100 * tolerance)
        self.assertLessEqual(difference, tolerance)

    def test_our_lora_loads_in_peft(self):
        ours = self.make("lora", "informative", self.folder / "lora")
        theirs = PeftModel.from_pretrained(self.sam(), self.folder / "lora").eval()
        self.assert_close(ours, self.embedding(theirs.base_model.model), WITHIN_LORA, "our LoRA in PEFT")
        taken = get_peft_model_state_dict(theirs)
        self.assertEqual(taken.keys(), load_file(self.folder / "lora" / "adapter_model.safetensors").keys())
        self.assertIn("base_model.model.mask_decoder.class_tokens.weight", load_file(self.folder / "lora" / "head.safetensors"))

    def test_our_conv_lora_loads_with_its_script(self):
        for gate in ("paper", "informative"):
            with self.subTest(gate):
                folder = self.folder / gate
                ours = self.make("conv_lora", gate, folder)
                model = self.sam()
                left_out = self.script_of(folder).load_conv_lora(model, folder)
                self.assertEqual(left_out, ["mask_decoder.class_tokens.weight"])
                self.assert_close(ours, self.embedding(model), WITHIN_CONV_LORA, f"our Conv-LoRA ({gate}) in Python")
                saved = load_file(folder / "adapter_model.safetensors")
                upscaling = "mask_decoder.upscale_conv1.weight"
                self.assertTrue(torch.equal(model.get_parameter(upscaling), saved["base_model.model." + upscaling]))

    def class_logits(self, folder):
        model, script = self.sam(), self.script_of(folder)
        script.load_conv_lora(model, folder)
        return script.class_logits(model, self.embedding(model), folder)

    def assert_same_classes(self, folder, of_theirs, what):
        """Compares what the probe says of each class with `of_theirs` of the script's logits."""
        ours, theirs = self.probe("classes", folder, self.folder / "image"), of_theirs(self.class_logits(folder))
        self.assertIsInstance(ours, torch.Tensor, ours)
        self.assertEqual(ours.shape, (2, 2, 32, 32))
        self.assertEqual(theirs.shape, ours.shape)
        difference = (ours - theirs).abs().max().item()
        print(f"{what} in Python: up to {ours.abs().max().item():.2f}, differs by at most {difference:.1e}")
        self.assertGreater((ours[:, 0] - ours[:, 1]).abs().max().item(), 100 * WITHIN_CONV_LORA)
        self.assertLessEqual(difference, WITHIN_CONV_LORA)

    def test_our_decoder_tells_classes_in_python(self):
        folder = self.folder / "classes"
        self.make("conv_lora", "informative", folder)
        self.assert_same_classes(folder, lambda logits: logits, "logits of classes")

        tensors = load_file(folder / "adapter_model.safetensors")
        tokens, head = (f"base_model.model.mask_decoder.{part}" for part in ("class_tokens.weight", "output_classifier_mlps."))
        former = {key: tensor for key, tensor in tensors.items() if key != tokens}
        save_file({**former, tokens.replace("class_", "mask_"): tensors[tokens]}, folder / "adapter_model.safetensors")
        self.assert_same_classes(folder, lambda logits: logits, "logits of tokens under their former name")

        torch.manual_seed(6)
        save_file({**tensors, tokens: torch.randn(5, 32), head + "weight": torch.randn(3, 32), head + "bias": torch.randn(3)},
                  folder / "adapter_model.safetensors")
        self.assert_same_classes(folder, torch.exp, "scores of five queries")

    def test_ours_load_where_scales_and_layers_were_chosen(self):
        chosen = dict(scales="1,5,3,2", projections="q,k,v,o,mlp", blocks=3)
        ours = self.make("conv_lora", "informative", self.folder / "chosen", **chosen)
        model = self.sam()
        self.script_of(self.folder / "chosen").load_conv_lora(model, self.folder / "chosen")
        self.assert_close(ours, self.embedding(model), WITHIN_CONV_LORA, "our Conv-LoRA of chosen layers in Python")
        ours = self.make("lora", "informative", self.folder / "chosen lora", **chosen)
        theirs = PeftModel.from_pretrained(self.sam(), self.folder / "chosen lora").eval()
        self.assert_close(ours, self.embedding(theirs.base_model.model), WITHIN_LORA, "our LoRA of chosen layers in PEFT")

    def test_the_encoder_takes_smaller_images(self):
        folder = self.folder / "of any size"
        self.make("lora", "informative", folder)
        model = PeftModel.from_pretrained(self.sam(), folder).eval().base_model.model
        image = torch.randn(2, 3, 96, 96)
        save_file({"image": image}, self.folder / "smaller")
        encoder = model.vision_encoder  # SamModel stretches relative positions only
        positions = torch.nn.functional.interpolate(encoder.pos_embed.permute(0, 3, 1, 2), (6, 6), mode="bilinear")
        encoder.pos_embed = torch.nn.Parameter(positions.permute(0, 2, 3, 1))
        encoder.patch_embed.image_size = (96, 96)
        with torch.no_grad():
            theirs = model.get_image_embeddings(image)
        ours = self.probe("load", folder, self.folder / "smaller")
        self.assertIsInstance(ours, torch.Tensor, ours)
        difference = (ours - theirs).abs().max().item()
        print(f"an image of another size: differs by at most {difference:.1e}")
        self.assertLessEqual(difference, WITHIN_LORA)

    def test_the_loss_of_queries_is_mask2formers(self):
        torch.manual_seed(7)
        masks, classes, labels = torch.randn(6, 50), torch.randn(6, 5), torch.randint(1, 4, (50,))
        wanted = labels.unique()
        target = (labels == wanted[:, None]).float()
        cost = (5 * mask2former.pair_wise_sigmoid_cross_entropy_loss(masks, target)
                + 5 * mask2former.pair_wise_dice_loss(masks, target) - 2 * classes.softmax(1)[:, wanted])
        columns = range(len(wanted))
        rows = min(itertools.permutations(range(6), len(wanted)), key=lambda chosen: sum(cost[chosen[i], i] for i in columns))
        class_of = torch.full((6,), 4)
        class_of[list(rows)] = wanted
        weights = torch.tensor([1, 1, 1, 1, 0.1])
        own = masks[list(rows)]
        theirs = (10 * torch.nn.functional.cross_entropy(classes, class_of, weights)
                  + 5 * mask2former.sigmoid_cross_entropy_loss(own, target, len(wanted))
                  + 5 * mask2former.dice_loss(own, target, len(wanted))).item()
        save_file({"masks": masks, "classes": classes, "labels": labels}, self.folder / "proposals")
        ours = self.probe("set_loss", self.folder / "proposals")
        self.assertIsInstance(ours, torch.Tensor, ours)
        print(f"the loss of queries: {ours.item():.6f}, Mask2Former's {theirs:.6f}")
        self.assertAlmostEqual(ours.item(), theirs, delta=1e-4)

    def test_the_script_refuses_what_does_not_fit_and_changes_nothing(self):
        folder = self.folder / "spoilt"
        self.make("conv_lora", "paper", folder)
        tensors = load_file(folder / "adapter_model.safetensors")
        name = "base_model.model.vision_encoder.layers.2.attn.qkv.lora_A.weight"
        nan = tensors[name].clone()
        nan[0, 0] = float("nan")
        bias, tokens = (f"base_model.model.mask_decoder.{part}" for part in ("upscale_conv1.bias", "class_tokens.weight"))
        cases = [(name, nan, "no numbers"), (name, None, "missing"), (name, torch.zeros(4, 32), "[4, 32], not [3, 32]"),
                 (bias, torch.zeros(3), "upscale_conv1.bias: [3], not [8]"), (bias, None, "upscale_conv1.bias: missing"),
                 (tokens, torch.zeros(3, 32), "class_tokens.weight: [3, 32], not [2, 32]"),
                 (tokens, None, "class_tokens.weight: missing")]
        model = self.sam()
        decoder = {key: tensor.clone() for key, tensor in model.mask_decoder.state_dict().items()}
        for spoilt, value, says in cases:
            changed = {key: tensor for key, tensor in tensors.items() if key != spoilt}
            save_file(changed if value is None else {**changed, spoilt: value}, folder / "adapter_model.safetensors")
            with self.assertRaises(ValueError) as refusal:
                self.script_of(folder).load_conv_lora(model, folder)
            self.assertIn(says, str(refusal.exception))
        for key, tensor in model.mask_decoder.state_dict().items():
            self.assertTrue(torch.equal(tensor, decoder[key]), key)
        self.assertTrue(torch.equal(self.embedding(model), self.plain))

    def test_the_script_refuses_another_base_and_takes_a_rounded_one(self):
        folder = self.folder / "of one base"
        self.make("conv_lora", "informative", folder)
        script = self.script_of(folder)
        other = self.sam()
        with torch.no_grad():
            for parameter in other.vision_encoder.parameters():
                parameter.mul_(1 + 0.02 * torch.randn_like(parameter))
        before = self.embedding(other)
        with self.assertRaisesRegex(ValueError, r"trained on other weights .*vision_encoder\.\S+: \S+, not \S+.* and \d+ more"):
            script.load_conv_lora(other, folder)
        self.assertTrue(torch.equal(self.embedding(other), before))

        one_layer = self.sam()
        with torch.no_grad():
            one_layer.vision_encoder.layers[2].mlp.lin1.weight.mul_(1.01)
        with self.assertRaisesRegex(ValueError, r"vision_encoder\.layers\.2\.mlp\.lin1\.weight: \S+, not \S+$"):
            script.load_conv_lora(one_layer, folder)

        for precision in (torch.bfloat16, torch.float16):
            script.load_conv_lora(self.sam().to(precision).float(), folder)
            script.load_conv_lora(self.sam().to(precision), folder)

        config = json.loads((folder / "adapter_config.json").read_text())
        del config["finebrush"]["base"]["check"]  # as it was written before
        (folder / "adapter_config.json").write_text(json.dumps(config))
        script.load_conv_lora(other, folder)

    def test_peft_refuses_conv_lora(self):
        folder = self.folder / "refused"
        self.make("conv_lora", "informative", folder)
        with self.assertRaisesRegex((KeyError, ValueError), "CONV_LORA"):
            PeftModel.from_pretrained(self.sam(), folder)

    def test_pefts_lora_loads_in_ours(self):
        for name, saved in (("encoder", None), ("encoder and decoder", ["mask_decoder"])):
            with self.subTest(name):
                config = LoraConfig(r=4, lora_alpha=6, target_modules=QKV, modules_to_save=saved)
                model = randomised(get_peft_model(self.sam(), config))
                model.save_pretrained(self.folder / name)
                theirs = self.embedding(model.base_model.model)
                self.assert_close(self.load(self.folder / name), theirs, WITHIN_LORA, f"PEFT's LoRA ({name}) in ours")

    def test_pefts_lora_of_more_layers_loads_in_ours(self):
        config = LoraConfig(r=4, lora_alpha=6, target_modules=r"vision_encoder\.layers\.\d+\.(attn\.(qkv|proj)|mlp\.lin[12])")
        model = randomised(get_peft_model(self.sam(), config))
        model.save_pretrained(self.folder / "more layers")
        theirs = self.embedding(model.base_model.model)
        self.assert_close(self.load(self.folder / "more layers"), theirs, WITHIN_LORA, "PEFT's LoRA of more layers in ours")

    def test_pefts_lora_of_the_last_blocks_loads_in_ours(self):
        config = LoraConfig(r=4, lora_alpha=6, target_modules=["qkv"], layers_to_transform=[2, 3], layers_pattern="layers")
        model = randomised(get_peft_model(self.sam(), config))
        model.save_pretrained(self.folder / "last blocks")
        theirs = self.embedding(model.base_model.model)
        self.assert_close(self.load(self.folder / "last blocks"), theirs, WITHIN_LORA, "PEFT's LoRA of the last blocks in ours")

    def test_pefts_options_that_are_unknown_are_refused(self):
        for option in ("use_dora", "use_rslora"):
            config = LoraConfig(r=4, lora_alpha=6, target_modules=QKV, **{option: True})
            get_peft_model(self.sam(), config).save_pretrained(self.folder / option)
            self.assertIn(option, self.load(self.folder / option))

    def autogluons_model(self):
        """AutoGluon's network for three classes with ten queries, adapted as in its recipe for semantic segmentation."""
        torch.manual_seed(4)
        model = autogluon("sam").SAMForSemanticSegmentation(
            "sam", self.base, num_classes=3, num_mask_tokens=10, image_norm="imagenet",
            frozen_layers=["mask_decoder.iou_prediction_head", "prompt_encoder"])
        autogluon("utils").inject_adaptation_to_linear_layer(  # "q" is the beginning of qkv as well
            model, "conv_lora", lora_r=3, lora_alpha=32, module_filter=[".*vision_encoder.*attn"], filter=["q", "v"],
            extra_trainable_params=[".*mask_decoder"], conv_lora_expert_num=8)
        return randomised(randomised(model), "mask_tokens")

    def compare_with_autogluon(self, model, state, name):
        """Saves what `state` holds of AutoGluon's network, and compares what both compute."""
        with torch.no_grad():
            embedding = model.model.vision_encoder(self.image, output_moe_loss=True)[0]
            output = model({model.image_key: self.image, model.label_key: None})
        scores = autogluon("utils").apply_multi_class_semantic_seg_postprocess(output)[model.prefix]["semantic_mask"]
        checkpoint = self.folder / name / "model.ckpt"
        checkpoint.parent.mkdir()
        torch.save({"state_dict": {"model." + key: tensor for key, tensor in state.items()}}, checkpoint)
        for path in (checkpoint, checkpoint.parent):
            self.assert_close(self.load(path), embedding, WITHIN_CONV_LORA, f"{name} in ours")
        ours = self.probe("queries", checkpoint, self.folder / "image")
        self.assertIsInstance(ours, torch.Tensor, ours)
        difference = (ours - scores).abs().max().item()
        print(f"{name} in ours: scores up to {scores.max().item():.2f} differ by at most {difference:.1e}")
        self.assertGreater(scores.std().item(), 0.05)
        self.assertLessEqual(difference, WITHIN_CONV_LORA)

    def test_autogluons_conv_lora_loads_in_ours(self):
        model = self.autogluons_model()
        trained = {key: tensor for key, tensor in model.state_dict().items() if "lora_" in key or "mask_decoder" in key}
        self.compare_with_autogluon(model, trained, "AutoGluon's Conv-LoRA")

    def test_autogluons_whole_network_loads_in_ours(self):
        model = self.autogluons_model()
        self.compare_with_autogluon(model, model.state_dict(), "AutoGluon's whole network")

    def test_what_does_not_fit_is_refused_in_ours(self):
        folder = self.folder / "of another base"
        self.make("lora", "paper", folder)
        config = json.loads((folder / "adapter_config.json").read_text())
        config["finebrush"]["base"]["sha256"] = "0" * 64
        (folder / "adapter_config.json").write_text(json.dumps(config))
        self.assertIn("SHA-256", self.load(folder))

        some = LoraConfig(r=4, lora_alpha=6, target_modules=r"vision_encoder\.layers\.[01]\.(attn\.qkv|mlp\.lin1)")
        get_peft_model(self.sam(), some).save_pretrained(self.folder / "other layers")
        refusal = self.load(self.folder / "other layers")
        self.assertIn("12 tensors are missing", refusal)
        self.assertIn("8 tensors are unexpected", refusal)
        self.assertIn("layers.2.mlp.lin2.lora_A.weight", refusal)
        print("refused:", refusal)

    @staticmethod
    def script_of(folder):
        spec = importlib.util.spec_from_file_location("load_conv_lora", folder / "load_conv_lora.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


if __name__ == "__main__":
    PROBE = sys.argv.pop(1)
    torch.set_num_threads(1)
    unittest.main(verbosity=1)
