// So that the harness has a name that stays, and needs no option of node's: `npm install` builds what this loads.
import '../dist/baselines/main.js'
