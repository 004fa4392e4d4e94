import { describeAdoption } from '../support/adoption.ts'

// The newest version that is promised to work.
describeAdoption('24.0')
