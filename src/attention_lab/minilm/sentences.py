"""The texts of the data file: ordinary sentences, one long text to count keys in, one short."""

SENTENCES = (
    "My sister bought a red car and sold her old car.",
    "The dog chased the other dog through the park.",
    "She poured the tea, and he drank the tea while it was hot.",
    "When the rain stopped, the children ran into the garden.",
    "The teacher gave each student a book about the sea.",
    "A train to Paris leaves every morning at eight.",
    "The old man sat by the river and watched the boats.",
    "Nobody knew why the lights in the house were still on.",
    "He wrote a letter to his brother, but the letter never arrived.",
    "In winter the lake is frozen, and people walk across the lake.",
)

STORY = (
    "The harbour was quiet when the first boats came home. Anna stood on the stone wall and "
    "counted them, as her father had taught her. Seven boats had left before sunrise, and now six "
    "were back. The seventh boat belonged to her brother. The wind had turned in the afternoon, "
    "and the sea was grey and rough. An old man who mended nets beside the wall told her not to "
    "worry. Anna did not answer. She watched the place where the sea met the sky, and after a long "
    "hour she saw a small light."
)

# For the exercises: so few keys that all of their weights fit into a card.
SHORT = "She sold cars and bought cars"
