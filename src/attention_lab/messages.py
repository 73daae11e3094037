"""What the judge says, as templates: every surface speaks these words and no others."""

MESSAGES = {
    "wrong-type": "Expected numbers in the shape {wanted}; got {came}.",
    "ragged": "Expected numbers in the shape {wanted}; got a nested list with rows of different "
    "lengths.",
    "wrong-shape": "Expected the shape {wanted}; got {came}.",
    "placeholder": "This is still the placeholder: every entry is nan, not a number. "
    "Replace them by your constants, in the shape {wanted}.",
    "not-finite": "Expected finite numbers that fit into float32; entry {where} is {came}.",
    "correct": "The output differs from the target by at most {error}; less than {tolerance} was "
    "asked for.",
    "off-target": "The output misses the target by {error}; it must be less than {tolerance}. "
    "Compare the weights asked for with yours.",
}
