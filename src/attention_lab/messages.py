"""What the judge says, as templates: every surface speaks these words and no others.

A key is a diagnosis. What stands behind a slash is a variant: the same diagnosis in other words.
"""

MESSAGES = {
    # An answer that cannot be used.
    "wrong-type": "Expected numbers in the shape {wanted}; got {came}.",
    "wrong-shape": "Expected the shape {wanted}; got {came}.",
    "wrong-shape/one-bracket-more": "Expected the shape {wanted}; got {came}. "
    "Put one more pair of brackets around it.",
    "wrong-shape/one-bracket-less": "Expected the shape {wanted}; got {came}. "
    "Take the outer pair of brackets away.",
    "not-finite": "Expected finite numbers that fit into float32; entry {where} is {came}.",
    "not-finite/placeholder": "This is still the placeholder: every entry is nan, not a number. "
    "Replace them by your constants, in the shape {wanted}.",
    "not-finite/overflow": "The numbers are too large: the score of {key} does not fit into "
    "float32. Use smaller ones.",
    "not-finite/own-query": "A key is judged with the query of {number}, which here must be your "
    "own. Answer {number} first, and hand it over as own_query.",
    # An answer that passes.
    "correct": "The output is within {error} of the target. That leaves {slack} of the tolerance.",
    "right-output-wrong-weights": "{row}The output fits, but by other weights than asked for: "
    "{moved}. It still fits because {gained} can stand in for {lost}: the exchange moves the "
    "output by only {error}.",
    # What the exercise itself says.
    "foreseen": "{says}",
    # An answer that would pass if it were shorter.
    "too-long": "The output fits, but the query is {length} long and may be {longest}. "
    "Multiply the query by {factor} and it passes.",
    "too-long/turn": "The output fits, but the query is {length} long and may be {longest}. "
    "At that length only {share} of the weight would go to {names}: {thief} scores too well. "
    "Turn the query away from {thief} rather than make it louder.",
    "too-long/tie": "The output fits, but the query is {length} long and may be {longest}, "
    "where this direction no longer fits.",
    # Several rows.
    "permuted": "The rows are right, but in another order: {moves}.",
    "permuted/matrix": "Each row of the output would be right in another place: {moves}. "
    "These are not rows of the matrix: each is what one word asks for.",
    # A key in the place of another.
    "too-loud": "{row}The new {key} takes {weight} of the weight, too much. "
    "Its score q·{key} is {score}; it must be {interval}.",
    "too-quiet": "{row}The new {key} takes {weight} of the weight, too little. "
    "Its score q·{key} is {score}; it must be {interval}.",
    # A query.
    "too-soft": "{row}The direction is right, but the query is too soft: only {share} of the "
    "weight goes to {names}. Multiply the query by {factor} and it passes.",
    "too-soft/matrix": "{row}The direction is right, but the query is too soft: only {share} of "
    "the weight goes to {names}. Multiply the matrix by {factor}, which multiplies the queries, "
    "and it passes.",
    "too-soft/limit": "{row}Only {share} of the weight goes to {names}, and the query may be no "
    "longer than {longest}: in this direction it would have to be {factor} times as long. "
    "Turn it away from {thief}, which scores too well.",
    "too-sharp": "{row}The direction is right, but so loud a query breaks the tie: "
    "q·({ahead} − {behind}) is {gap}, so {ahead} gets {ratio} times the weight of {behind}. "
    "Multiply the query by {factor} and it passes.",
    "too-sharp/all": "{row}Equal weights need equal scores, but q·({ahead} − {behind}) is {gap}, "
    "so {ahead} gets {ratio} times the weight of {behind}. A softer query is more even: multiply "
    "it by {factor} and it passes.",
    "too-sharp/matrix": "{row}The direction is right, but so loud a query breaks the tie: "
    "q·({ahead} − {behind}) is {gap}, so {ahead} gets {ratio} times the weight of {behind}. "
    "Multiply the matrix by {factor} and it passes.",
    "wrong-key/even": "{row}All keys have the same score, so each gets {weight} of the weight. "
    "Turn the query towards {names}.",
    "wrong-key": "{row}{thief} takes {weight} of the weight and leaves {share} to {names}. "
    "Turn the query towards {names}.",
    "wrong-key/null": "{row}{thief} takes {weight} of the weight and leaves {share} to {names}, "
    "which scores 0 whatever you ask. Turn the query away from {thief}.",
    "wrong-key/null/even": "{row}All keys have the same score, so each gets {weight} of the "
    "weight. {names} scores 0 whatever you ask. Turn the query away from all other keys.",
    "uneven": "{row}{ahead} gets {ratio} times the weight of {behind}, because "
    "q·({ahead} − {behind}) is {gap}. Equal shares need it to be 0.",
    "leak": "{row}{thief} keeps {weight} of the weight and should get none: "
    "q·({thief} − {behind}) is {gap} and must be far below 0. "
    "Turn the query further away from {thief}.",
    # A query for each of several heads.
    "leaking-head": "{head} leaves {share} of its weight to {names} and gives {weight} to "
    "{thief}. What one head gives away, the mean of the heads has lost: make its query louder, or "
    "turn it away from {thief}.",
    "uneven-heads": "Together the heads give {ahead} {more} of the weight and {behind} {less}. "
    "{head} is split between {names}, and how it is split changes with each error of a key.",
    "one-sided-heads": "Together the heads give {ahead} {more} of the weight and {behind} {less}. "
    "No head speaks for {behind}.",
    # None of these.
    "off-target": "The output misses the target by {error}; it must be less than {tolerance}. "
    "Compare the weights asked for with yours.",
    # Behind the message, where a key is judged together with the learner's own query.
    "own-query": "Judged with your own query of {number}.",
    "own-query/failed": "Judged with your own query of {number}, though it does not pass there.",
    "own-query/course": "Judged with the course's query: your own does not pass {number}.",
}

# What stands around a message, and the parts of which messages are put together.
PHRASES = {
    "passed": "✓ {number}: passed",
    "remark": "✓ {number}: passed, with a remark",
    "failed": "✗ {number}: not yet",
    "stuck": 'Stuck? hint("{number}") gives the next hint.',
    "hint": "Hint {n} of {all}",
    "row": "Row {row}: ",
    "head": "Head {row}",
    "draw": "Worst of {all} draws of the keys, number {n}. ",
    "does": "row {here} is what row {there} should be",
    "belongs": "your row {here} belongs at {there}",
    "more": "{key} gets {much} too much",
    "less": "{key} gets {much} too little",
    "between": "between {low} and {high}",
    "above": "above {low}",
    "below": "below {high}",
    "all": "nearly all",
    "none": "almost none",
    "many": "over a million",
    # What a cell in the page says when it cannot go on.
    "error": "{error} (line {line})",
    "error-above": "A cell further up, which this one needs, failed: {error}",
    "missing": "The page has no {name}. The notebook has it.",
}
