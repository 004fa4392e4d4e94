import { describeAdoption } from '../support/adoption.ts'

// The version that this repository uses.
describeAdoption('23.3')
