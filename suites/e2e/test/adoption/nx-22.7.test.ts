import { describeAdoption } from '../support/adoption.ts'

// The oldest version of Nx that is promised to work.
describeAdoption('22.7')
